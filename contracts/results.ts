import type { Difference } from './consumer/differences/difference.js'
import type { PromiseName } from './promises.js'

/** The result of a promise. */
export interface PromiseResult {
  name: PromiseName
  /** `neverExercised`: no matching or similar request was received. */
  result: 'kept' | 'broken' | 'neverExercised'
  /** The number of requests that were meant for it. */
  requests: number
  /** What was specified and what was received. */
  mismatch?: string
  /** The same in plain words. */
  nearMiss?: string
  /** The error that the client threw, with its stack and its causes. Only `checkClient` knows it. */
  thrown?: string
}

/** Why a promise was not kept, in a sentence or two. */
export function failureOf({ name, result, mismatch, nearMiss }: PromiseResult): string {
  if (result === 'neverExercised') return `${name}: ${nearMiss ?? NEVER_EXERCISED}`
  return `${name}: ${nearMiss ?? mismatch ?? result}`
}

/** What reports say about a promise that was never exercised. */
export const NEVER_EXERCISED = 'No matching or similar request was received.'

/** Something that was received and could not be read as a request. */
export interface UnexpectedRequest {
  method: string
  path: string
  nearMiss?: string
}

/** A request that no promise is about. */
export interface OtherRequest {
  method: string
  path: string
  /** The status of its reply. */
  status: number
}

/** Unexpected requests that are alike, and their number. */
export type CountedRequest = UnexpectedRequest & { requests: number }

/** Other requests that are alike, and their number. */
export type CountedOther = OtherRequest & { requests: number }

/** A broken promise, with the differences that were found. */
export function broken(
  name: PromiseName,
  requests: number,
  found: readonly Difference[],
): PromiseResult {
  const mismatch = found.map(({ mismatch }) => mismatch).join('; ')
  return {
    name,
    result: 'broken',
    requests,
    mismatch: mismatch || 'Pact could not match the request',
    ...(found.length > 0 && { nearMiss: found.map(({ nearMiss }) => nearMiss).join(' ') }),
  }
}
