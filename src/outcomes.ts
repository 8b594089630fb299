import type { Fault } from './api.js'
import { HTML, page } from './refusals.js'

const JSON_TYPE = 'application/json'

interface ForcedReply {
  status: number
  raw?: { contentType: string; body: string }
  fault?: Fault
}

const failure = (status: number, title: string): ForcedReply => ({
  status,
  raw: { contentType: HTML, body: page(title) },
})

/**
 * The outcomes that can be forced. Those with `at: 'credentials'` replace the provider's judgement of a
 * login that is otherwise well formed. Those with `at: 'arrival'` answer any request, as a proxy in
 * front of the provider would.
 */
export const OUTCOMES = {
  authenticated: { at: 'credentials' },
  invalidCredentials: { at: 'credentials' },
  rateLimited: { at: 'credentials' },
  // ZapSign documents the status ("Rate Limit Policies"), not the body.
  tooManyRequests: {
    at: 'arrival',
    reply: {
      status: 429,
      raw: { contentType: JSON_TYPE, body: '{"detail":"Request was throttled."}' },
    },
  },
  serverError: { at: 'arrival', reply: failure(500, 'Server Error (500)') },
  badGateway: { at: 'arrival', reply: failure(502, '502 Bad Gateway') },
  serviceUnavailable: { at: 'arrival', reply: failure(503, '503 Service Unavailable') },
  connectionReset: { at: 'arrival', reply: { status: 0, fault: 'connectionReset' } },
  timeout: { at: 'arrival', reply: { status: 0, fault: 'timeout' } },
  malformedBody: {
    at: 'arrival',
    reply: { status: 200, raw: { contentType: JSON_TYPE, body: '{"refresh":"eyJ0eXAiOiJKV1Qi' } },
  },
} as const satisfies Record<string, { at: 'credentials' } | { at: 'arrival'; reply: ForcedReply }>

/**
 * An outcome that can be forced: `authenticated`, `invalidCredentials`, `rateLimited`, `tooManyRequests`,
 * `serverError`, `badGateway`, `serviceUnavailable`, `connectionReset`, `timeout` or `malformedBody`.
 */
export type OutcomeName = keyof typeof OUTCOMES

type NameAt<S extends 'arrival' | 'credentials'> = {
  [N in OutcomeName]: (typeof OUTCOMES)[N]['at'] extends S ? N : never
}[OutcomeName]

/** An outcome that answers any request. */
export type ArrivalOutcome = NameAt<'arrival'>

/** An outcome that replaces the judgement of a login. */
export type CredentialsOutcome = NameAt<'credentials'>

export const OUTCOME_NAMES = Object.keys(OUTCOMES) as OutcomeName[]

/** The outcomes that answer any request. */
export const ARRIVAL_OUTCOMES = OUTCOME_NAMES.filter(
  (name): name is ArrivalOutcome => OUTCOMES[name].at === 'arrival',
)

/** The outcomes whose reply can carry a `Retry-After` header. */
export const WITH_RETRY_AFTER = [
  'rateLimited',
  'tooManyRequests',
  'serviceUnavailable',
] as const satisfies readonly OutcomeName[]
