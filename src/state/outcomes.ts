import * as v from 'valibot'
import { show } from '../misuse.js'
import { type Answer, HTML, page, refuse } from '../refusals.js'
import { objectOf, validate } from '../validate.js'

const JSON_TYPE = 'application/json'

type ForcedAnswer = Pick<Answer, 'status' | 'raw' | 'fault'>

const failure = (status: number, title: string): ForcedAnswer => ({
  status,
  raw: { contentType: HTML, body: page(title) },
})

/**
 * The outcomes that can be forced on requests to an endpoint. Those `at: 'credentials'` replace the
 * provider's judgement of a login that is otherwise well formed; those `at: 'arrival'` answer
 * whatever request comes, as something in front of the provider would.
 */
const OUTCOMES = {
  authenticated: { at: 'credentials' },
  invalidCredentials: { at: 'credentials' },
  rateLimited: { at: 'credentials' },
  // ZapSign documents the status ("Rate Limit Policies"), not the body.
  tooManyRequests: {
    at: 'arrival',
    answer: {
      status: 429,
      raw: { contentType: JSON_TYPE, body: '{"detail":"Request was throttled."}' },
    },
  },
  serverError: { at: 'arrival', answer: failure(500, 'Server Error (500)') },
  badGateway: { at: 'arrival', answer: failure(502, '502 Bad Gateway') },
  serviceUnavailable: { at: 'arrival', answer: failure(503, '503 Service Unavailable') },
  connectionReset: { at: 'arrival', answer: { status: 0, fault: 'connectionReset' } },
  timeout: { at: 'arrival', answer: { status: 0, fault: 'timeout' } },
  malformedBody: {
    at: 'arrival',
    answer: { status: 200, raw: { contentType: JSON_TYPE, body: '{"refresh":"eyJ0eXAiOiJKV1Qi' } },
  },
} as const satisfies Record<string, { at: 'credentials' } | { at: 'arrival'; answer: ForcedAnswer }>

/** What can be forced on a request: a row of {@link OUTCOMES}. */
export type OutcomeName = keyof typeof OUTCOMES

type CredentialsOutcome = {
  [N in OutcomeName]: (typeof OUTCOMES)[N]['at'] extends 'credentials' ? N : never
}[OutcomeName]

export const OUTCOME_NAMES = Object.keys(OUTCOMES) as OutcomeName[]

/**
 * Outcomes to force on requests to an endpoint, in the order in which they were asked for: each
 * waits for a request that it applies to, and those behind it wait for it.
 */
export interface Outcomes {
  /**
   * Forces an outcome once, or `times` times; `Infinity` until cleared. Throws a `RangeError` or a
   * `TypeError` for what it does not know.
   *
   * @example
   * zapsign.outcomes.next('serviceUnavailable', { times: 2 })
   */
  next(name: OutcomeName, options?: { times?: number }): void
  /** Forgets what has not been used yet, and breaks the connections that `timeout` keeps waiting. */
  clear(): void
}

export interface OutcomeQueue extends Outcomes {
  /** The answer to force on a request that arrives, if any. */
  takeOnArrival(): Answer | undefined
  /** The judgement to force on a login, if any. */
  takeForCredentials(): CredentialsOutcome | undefined
}

const TIMES = 'a whole number from 1 upwards, or Infinity'

const nextSchema = objectOf({
  times: v.optional(
    v.pipe(
      v.number(TIMES),
      v.check((times) => Number.isSafeInteger(times) || times === Number.POSITIVE_INFINITY, TIMES),
      v.minValue(1, TIMES),
    ),
    1,
  ),
})

export function createOutcomes(): OutcomeQueue {
  const queue: { name: OutcomeName; times: number }[] = []
  let cleared = new AbortController()

  function take(at: 'arrival' | 'credentials'): OutcomeName | undefined {
    const [first] = queue
    if (!first || OUTCOMES[first.name].at !== at) return undefined
    first.times -= 1
    if (first.times === 0) queue.shift()
    return first.name
  }

  return {
    next(name, options = {}) {
      if (!OUTCOME_NAMES.includes(name)) {
        throw new RangeError(
          `Unknown outcome ${show(name)}: it must be one of ${OUTCOME_NAMES.join(', ')}`,
        )
      }
      queue.push({ name, ...validate(nextSchema, options) })
    },
    clear() {
      queue.length = 0
      cleared.abort()
      cleared = new AbortController()
    },
    takeOnArrival() {
      const name = take('arrival')
      if (!name) return undefined
      const row = OUTCOMES[name]
      if (row.at !== 'arrival') return undefined
      return { outcome: name, basis: 'forced', released: cleared.signal, ...row.answer }
    },
    takeForCredentials: () => take('credentials') as CredentialsOutcome | undefined,
  }
}

/** A refusal that the user asked for instead of the provider's own judgement. */
export function forceRefusal(name: Exclude<CredentialsOutcome, 'authenticated'>): Answer {
  return { ...refuse(name), basis: 'forced' }
}
