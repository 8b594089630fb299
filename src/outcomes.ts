import { misuse, show } from './misuse.js'
import { type Answer, HTML, refuse } from './refusals.js'

const JSON_TYPE = 'application/json'

type ForcedAnswer = Pick<Answer, 'status' | 'raw' | 'fault'>

const page = (status: number, title: string): ForcedAnswer => ({
  status,
  raw: {
    contentType: HTML,
    body: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
  },
})

/**
 * The outcomes that can be forced on requests to an endpoint. Those `at: 'credentials'` replace the
 * provider's judgement of a login that is otherwise well formed; those `at: 'arrival'` answer
 * whatever request comes, as something in front of the provider would.
 */
export const OUTCOMES = {
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
  serverError: { at: 'arrival', answer: page(500, 'Server Error (500)') },
  badGateway: { at: 'arrival', answer: page(502, '502 Bad Gateway') },
  serviceUnavailable: { at: 'arrival', answer: page(503, '503 Service Unavailable') },
  connectionReset: { at: 'arrival', answer: { status: 0, fault: 'connectionReset' } },
  timeout: { at: 'arrival', answer: { status: 0, fault: 'timeout' } },
  malformedBody: {
    at: 'arrival',
    answer: { status: 200, raw: { contentType: JSON_TYPE, body: '{"refresh":"eyJ0eXAiOiJKV1Qi' } },
  },
} as const satisfies Record<string, { at: 'credentials' } | { at: 'arrival'; answer: ForcedAnswer }>

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
   * Forces an outcome once, or `times` times; `Infinity` until cleared. Throws a `RangeError` for an
   * unknown name.
   *
   * @example
   * zapsign.outcomes.next('serviceUnavailable', { times: 2 })
   */
  next(name: OutcomeName, options?: { times?: number }): void
  /** Forgets what has not been used yet. */
  clear(): void
}

export interface OutcomeQueue extends Outcomes {
  /** The answer to force on a request that arrives, if any. */
  takeOnArrival(): Answer | undefined
  /** The judgement to force on a login, if any. */
  takeForCredentials(): CredentialsOutcome | undefined
}

export function createOutcomes(): OutcomeQueue {
  const queue: { name: OutcomeName; times: number }[] = []

  function take(at: 'arrival' | 'credentials'): OutcomeName | undefined {
    const [first] = queue
    if (!first || OUTCOMES[first.name].at !== at) return undefined
    first.times -= 1
    if (first.times === 0) queue.shift()
    return first.name
  }

  return {
    next(name, { times = 1 } = {}) {
      if (!Object.hasOwn(OUTCOMES, name)) {
        throw new RangeError(
          `Unknown outcome ${show(name)}: it must be one of ${OUTCOME_NAMES.join(', ')}`,
        )
      }
      if (!(Number.isSafeInteger(times) || times === Number.POSITIVE_INFINITY) || times < 1) {
        throw misuse('times', times, 'a whole number from 1 upwards, or Infinity')
      }
      queue.push({ name, times })
    },
    clear() {
      queue.length = 0
    },
    takeOnArrival() {
      const name = take('arrival')
      if (!name) return undefined
      const row = OUTCOMES[name]
      return row.at === 'arrival' ? { outcome: name, basis: 'forced', ...row.answer } : undefined
    },
    takeForCredentials: () => take('credentials') as CredentialsOutcome | undefined,
  }
}

/** A refusal that the user asked for instead of the provider's own judgement. */
export function forceRefusal(name: Exclude<CredentialsOutcome, 'authenticated'>): Answer {
  return { ...refuse(name), basis: 'forced' }
}
