import { BODY_LIMIT_NAME } from '../exchange.js'
import type { SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Difference } from './differences/difference.js'
import { differencesFrom } from './explain.js'

/** A request that a client sent. */
export interface Recorded {
  /** With literals in place of the tokens of the run. */
  request: SentRequest
  /** The body of the reply that the promise specifies, when the request was right for Pact and for us. */
  reply?: string
  /** Why its body could not be read whole. */
  fault?: keyof typeof BODY_FAULTS
  /** Milliseconds from its headers to its reply. */
  duration: number
}

const BODY_FAULTS = {
  brokenOff: {
    mismatch: 'body: expected all of it, got a part',
    nearMiss: 'The body ended too early: its Content-Length may be too large.',
  },
  tooLong: {
    mismatch: `body: expected at most ${BODY_LIMIT_NAME}, got more`,
    nearMiss: `The body is larger than ${BODY_LIMIT_NAME}, and was not read.`,
  },
} as const satisfies Record<string, Difference>

/** The differences between a recorded request and the promise that it was meant for. */
export function faultsOf({ request, fault }: Recorded, name: PromiseName): Difference[] {
  return fault ? [BODY_FAULTS[fault]] : differencesFrom(request, name)
}
