import type { Difference } from './consumer/differences/difference.js'
import type { PromiseName } from './promises.js'

/** What became of a promise on the consumer's side. */
export interface PromiseResult {
  name: PromiseName
  /** `neverExercised`: nothing close to it came. */
  result: 'kept' | 'broken' | 'neverExercised'
  /** How many requests were meant for it. */
  requests: number
  /** In what a request differed from the promise. */
  mismatch?: string
  /** The same in plain words. */
  nearMiss?: string
}

/** Why a promise was not kept, in a sentence or two. */
export function failureOf({ name, result, mismatch, nearMiss }: PromiseResult): string {
  if (result === 'neverExercised')
    return [`${name}: no request came that is close to it.`, nearMiss].filter(Boolean).join(' ')
  return `${name}: ${nearMiss ?? mismatch ?? result}`
}

/** A request that was meant for no promise. */
export interface UnexpectedRequest {
  method: string
  path: string
  nearMiss?: string
}

/** Requests that were meant for no promise, and are alike. */
export interface CountedRequest extends UnexpectedRequest {
  requests: number
}

/** A broken promise, with what was found. */
export function broken(
  name: PromiseName,
  requests: number,
  found: readonly Difference[],
): PromiseResult {
  return {
    name,
    result: 'broken',
    requests,
    mismatch:
      found.map(({ mismatch }) => mismatch).join('; ') || 'Pact could not match the request',
    ...(found.length > 0 && { nearMiss: found.map(({ nearMiss }) => nearMiss).join(' ') }),
  }
}
