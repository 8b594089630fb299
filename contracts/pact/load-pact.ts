import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as PactModule from '@pact-foundation/pact'
import { PactMissingError } from '../errors.js'

export type Pact = typeof PactModule

const PACKAGE = '@pact-foundation/pact'

/**
 * Where Pact is: the current project's, or the one beside this package. Throws a
 * {@link PactMissingError}.
 */
export function findPact(): string {
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const found = resolveFrom(place)
    if (found) return found
  }
  throw new PactMissingError()
}

/**
 * Loads Pact. Its reporting of usage is switched off: behind a closed network it stalls. Throws a
 * {@link PactMissingError}.
 */
export function loadPact(): Pact {
  process.env['PACT_DO_NOT_TRACK'] ??= 'true'
  const pact = load(findPact())
  const missing = (['PactV4', 'MatchersV3'] as const).find((name) => !pact?.[name])
  if (missing) throw new PactMissingError(`has no ${missing}`)
  return pact
}

function load(file: string): Pact {
  try {
    return createRequire(import.meta.url)(file)
  } catch (error) {
    const [why] = String(error instanceof Error ? error.message : error).split('\n')
    throw new PactMissingError(`cannot be loaded: ${why}`)
  }
}

function resolveFrom(place: string): string | undefined {
  try {
    return createRequire(place).resolve(PACKAGE)
  } catch {
    return undefined
  }
}
