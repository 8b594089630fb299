import type { Fault, Source } from './api.js'
import type { Messages } from './framework/messages.js'
import type { Rendering } from './framework/negotiation.js'
import { type ArrivalOutcome, OUTCOMES, type OutcomeName } from './outcomes.js'
import { HTML, type RefusalName, type RefusalSubject, refusalRow } from './refusals.js'
import type { TakenOutcome } from './state/outcomes.js'

/** Successes of the provider. `failed` is the mock's own, where it could not answer. */
export const GRANTS = ['authenticated', 'refreshed', 'authorized', 'described', 'failed'] as const

/**
 * What became of a request: a success (`authenticated`, `refreshed`, `authorized`, `described`), an error
 * response, a forced outcome, or `failed` where the mock could not answer.
 */
export type Outcome = RefusalName | OutcomeName | (typeof GRANTS)[number]

/** What the provider answers to a request, before it is serialized. */
export interface Answer {
  outcome: Outcome
  status: number
  source: Source
  headers?: Record<string, string>
  /** The JSON body, in the messages of the provider's language. */
  json?: (messages: Messages) => unknown
  /** A body that is sent as it is: HTML, text, or broken JSON. */
  raw?: { contentType: string; body: string }
  /** Whether the option `unauthorizedStatus` decides the status. */
  hasOptionalStatus?: true | undefined
  /** How JSON is written: as the request's Accept header asks. @default compact */
  rendering?: Rendering
  fault?: Fault
  /** Aborts when the outcome `timeout` must release the requests that it keeps waiting. */
  released?: AbortSignal
  /** What the journal and the hints need to know about the request. */
  facts?: Facts
}

/** What an endpoint learned about a request. The journal keeps a part of it. */
export interface Facts {
  /** The user name of a login, unless it may be a password. */
  username?: string | undefined
  /** Whether a user has that name. */
  isUser?: boolean | undefined
  /** Never kept: the journal stores a digest of it. */
  password?: string | undefined
  /** Why a login was refused. The reply never says it. */
  reason?: string | undefined
  /** Whether ZapSign documents a body like this. Endpoints that read no body leave it out. */
  isDocumented?: boolean | undefined
  /** The names of the fields in the body. */
  fields?: readonly string[] | undefined
  /** The token in the body. */
  token?: string | undefined
  /** Whether the user name is a user's password, and the password that user's name. */
  isSwapped?: boolean | undefined
}

/** The answer for an error response. */
export function refuse<N extends RefusalName>(name: N, ...subjects: RefusalSubject<N>): Answer {
  const { status, source, hasOptionalStatus, ...row } = refusalRow(name)
  const [subject]: readonly unknown[] = subjects
  const answer: Answer = { outcome: name, status, source, hasOptionalStatus }
  if ('page' in row) return { ...answer, raw: { contentType: row.type ?? HTML, body: row.page } }
  return { ...answer, json: (messages) => row.body(messages, subject) }
}

/** The answer that a forced outcome gives to any request. */
export function force({ outcome, ...taken }: TakenOutcome<ArrivalOutcome>): Answer {
  return forced({ outcome, source: 'forced', ...OUTCOMES[outcome].reply }, taken)
}

/** An answer that the user asked for instead of the provider's own. */
export function forced(
  answer: Answer,
  { retryAfter, released }: Omit<TakenOutcome, 'outcome'>,
): Answer {
  return {
    ...answer,
    source: 'forced',
    released,
    ...(retryAfter !== undefined && {
      headers: { ...answer.headers, 'retry-after': String(retryAfter) },
    }),
  }
}

/** The answer with more facts about its request. */
export function withFacts(answer: Answer, facts: Facts): Answer {
  return { ...answer, facts: answer.facts ? { ...answer.facts, ...facts } : facts }
}
