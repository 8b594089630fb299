import type { Duration } from '../duration.js'
import { toMilliseconds } from '../duration.js'
import {
  type ArrivalOutcome,
  type CredentialsOutcome,
  OUTCOMES,
  type OutcomeName,
} from '../outcomes.js'

/** Which requests an outcome is for, and how often it is used. */
export interface OutcomeOptions {
  /**
   * How many requests get the outcome; `Infinity` until `clear`.
   * @default 1
   */
  times?: number | undefined
  /** Only requests to this endpoint: `'obtain'`, `'refresh'` or a path. @default any endpoint */
  endpoint?: string | undefined
  /** Only requests of this user: the name in a login, or the user of the token. @default any user */
  username?: string | undefined
  /** Sends `Retry-After` with this time in whole seconds, rounded up. @default no header */
  retryAfter?: Duration | undefined
}

/** An outcome that has requests left to force itself on. */
export interface PendingOutcome extends OutcomeOptions {
  /** Counts from 1 for each provider. */
  id: number
  outcome: OutcomeName
  times: number
}

/** What an outcome may be aimed at. */
export interface OutcomeTarget {
  /** The short name of the endpoint, where it has one. */
  name?: string | undefined
  /** The path of the request, and the template that it matches. */
  paths: readonly string[]
  /** Reads the user from the request; only called when an outcome is aimed at a user. */
  user(): { username?: string | undefined; userId?: string | undefined }
}

/** A forced outcome, taken for one request. */
export interface TakenOutcome<N extends OutcomeName = OutcomeName> {
  outcome: N
  /** Whole seconds. */
  retryAfter?: number | undefined
  /** Aborts when outcomes are cleared, and so releases the requests that a `timeout` keeps waiting. */
  released: AbortSignal
}

export interface OutcomeQueue {
  add(outcome: OutcomeName, options: OutcomeOptions): PendingOutcome
  pending(): PendingOutcome[]
  /** Returns whether an outcome had the id. */
  remove(id: number): boolean
  /** Forgets all pending outcomes, and ends the wait of requests that a `timeout` holds. */
  clear(): void
  /** Takes the first outcome that applies to a request that arrives, if it is one that answers any request. */
  takeOnArrival(target: OutcomeTarget): TakenOutcome<ArrivalOutcome> | undefined
  /** Takes the first outcome that applies to a login, if it is one that judges credentials. */
  takeForCredentials(target: OutcomeTarget): TakenOutcome<CredentialsOutcome> | undefined
}

/** @param usernameOf Finds the name of the user with an id, for outcomes that are aimed at a user. */
export function createOutcomeQueue(
  usernameOf: (userId: string) => string | undefined,
): OutcomeQueue {
  const queue: PendingOutcome[] = []
  let lastId = 0
  let cleared = new AbortController()

  function applies({ outcome, endpoint, username }: PendingOutcome, target: OutcomeTarget) {
    if (isAtCredentials(outcome) && target.name !== 'obtain') return false
    const isAimedHere =
      endpoint === undefined || endpoint === target.name || target.paths.includes(endpoint)
    return isAimedHere && (username === undefined || username === nameOf(target))
  }

  function nameOf(target: OutcomeTarget): string | undefined {
    const { username, userId } = target.user()
    return username ?? (userId === undefined ? undefined : usernameOf(userId))
  }

  function take(target: OutcomeTarget, atCredentials: boolean): TakenOutcome | undefined {
    if (queue.length === 0) return undefined
    const index = queue.findIndex((pending) => applies(pending, target))
    const found = queue[index]
    if (!found || isAtCredentials(found.outcome) !== atCredentials) return undefined
    found.times -= 1
    if (found.times === 0) queue.splice(index, 1)
    const { outcome, retryAfter } = found
    return { outcome, retryAfter: toSeconds(retryAfter), released: cleared.signal }
  }

  return {
    add(outcome, { times = 1, ...aim }) {
      const given = Object.entries(aim).filter(([, value]) => value !== undefined)
      const pending = { id: ++lastId, outcome, times, ...Object.fromEntries(given) }
      queue.push(pending)
      return { ...pending }
    },
    pending: () => queue.map((pending) => ({ ...pending })),
    remove(id) {
      const index = queue.findIndex((pending) => pending.id === id)
      return index >= 0 && queue.splice(index, 1).length > 0
    },
    clear() {
      queue.length = 0
      cleared.abort()
      cleared = new AbortController()
    },
    takeOnArrival: (target) => take(target, false) as TakenOutcome<ArrivalOutcome> | undefined,
    takeForCredentials: (target) =>
      take(target, true) as TakenOutcome<CredentialsOutcome> | undefined,
  }
}

function isAtCredentials(outcome: OutcomeName): boolean {
  return OUTCOMES[outcome].at === 'credentials'
}

function toSeconds(duration: Duration | undefined): number | undefined {
  const milliseconds = toMilliseconds(duration)
  return milliseconds === undefined ? undefined : Math.ceil(milliseconds / 1000)
}
