import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Module from '@pact-foundation/pact'
import { PactMissingError } from '../errors.js'

/** The API of `@pact-foundation/pact`. */
export type PactModule = typeof Module

const PACKAGE = '@pact-foundation/pact'

/**
 * The file of Pact: that of the current project, or the one that is installed with this package. Throws
 * a {@link PactMissingError}.
 */
export function findPact(): string {
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const found = resolveFrom(place)
    if (found) return found
  }
  throw new PactMissingError()
}

/**
 * Loads Pact, and turns its usage reporting off: it stalls without a network. Throws a
 * {@link PactMissingError}.
 */
export function loadPact(): PactModule {
  process.env['PACT_DO_NOT_TRACK'] ??= 'true'
  const pact = load(findPact())
  const missing = (['PactV4', 'MatchersV3'] as const).find((name) => !pact?.[name])
  if (missing) throw new PactMissingError(`has no ${missing}`)
  return pact
}

function load(file: string): PactModule {
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
