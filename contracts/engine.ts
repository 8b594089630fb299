import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as PactModule from '@pact-foundation/pact'

export type Pact = typeof PactModule

const PACKAGE = '@pact-foundation/pact'

/** Pact is an optional peer: who needs it is told how to get it. */
export class PactMissingError extends Error {
  constructor() {
    super(`${PACKAGE} (16 or 17) is needed here: npm install --save-dev ${PACKAGE}`)
  }
}

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
  return createRequire(import.meta.url)(findPact())
}

function resolveFrom(place: string): string | undefined {
  try {
    return createRequire(place).resolve(PACKAGE)
  } catch {
    return undefined
  }
}
