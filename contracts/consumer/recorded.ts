import { BODY_LIMIT_NAME } from '../exchange.js'
import type { SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Difference } from './differences/difference.js'
import { closestTo, differencesFrom, meantFor } from './explain.js'

/** A request that a client sent, as far as its judgement needs it. Its body is not kept. */
export interface Recorded {
  method: string
  path: string
  /** The promise that it was meant for. */
  meant: PromiseName | undefined
  /** The most similar promise, when it was meant for no promise. */
  closest?: PromiseName
  /** The differences between the request and that of the promise in `meant` or `closest`. */
  differences: readonly Difference[]
  /** The body of the specified reply, when the request was right for Pact and for us. */
  reply?: string
  /** Milliseconds from the request to its reply. */
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

/** Why a body could not be read whole. */
export type BodyFault = keyof typeof BODY_FAULTS

/** A request as it is recorded. Its tokens must be literals. */
export function toRecorded(
  request: SentRequest,
  asked: readonly PromiseName[],
  more: { fault?: BodyFault; reply?: string; duration?: number } = {},
): Recorded {
  const { fault, reply, duration = 0 } = more
  const meant = meantFor(request, asked)
  const closest = meant ? undefined : closestTo(request)
  const compared = meant ?? closest
  const found = compared && reply === undefined ? differencesFrom(request, compared) : []
  return {
    method: request.method,
    path: request.path,
    meant,
    ...(closest && { closest }),
    differences: fault ? [BODY_FAULTS[fault]] : found,
    ...(reply !== undefined && { reply }),
    duration,
  }
}
