import type { Basis, Fault } from './api.js'
import type { FieldErrors } from './framework/fields.js'
import type { Messages } from './framework/messages.js'
import type { Rendering } from './framework/negotiation.js'
import type { OutcomeName } from './state/outcomes.js'

/** What the provider can do but refuse; `failed` is the mock's own, where it could not answer. */
export const GRANTS = ['authenticated', 'refreshed', 'authorized', 'described', 'failed'] as const

/** What became of a request: a refusal's name, a forced outcome's name, or what was granted. */
export type Outcome = RefusalName | OutcomeName | (typeof GRANTS)[number]

/** What the provider has to say to a request; the faces' {@link ApiReply} is made of it. */
export interface Answer {
  outcome: Outcome
  status: number
  basis: Basis
  headers?: Record<string, string>
  /** The JSON body, in the messages of the provider's language. */
  json?: (messages: Messages) => unknown
  /** A body that is no JSON, or no valid JSON, as it goes out. */
  raw?: { contentType: string; body: string }
  /** Whether this refuses a bearer: its status is then an option. */
  isBearerRefusal?: boolean
  /** How JSON is written: as the request's Accept header asks. Compact by default. */
  rendering?: Rendering
  fault?: Fault
  /** Aborts when a `timeout` is to keep nobody waiting any longer. */
  released?: AbortSignal
}

type Row<S> = Pick<Answer, 'status' | 'basis' | 'isBearerRefusal'> &
  ({ body: (messages: Messages, subject: S) => unknown } | { page: string; type?: string })

const TOKEN_NOT_VALID = 'token_not_valid'

/** A page as the web server in front of the provider shows it. */
export function page(title: string, text = title): string {
  return `<!doctype html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body><h1>${text}</h1></body>\n</html>\n`
}

/** Everything that the provider refuses: what it answers, and how we know. */
const REFUSALS = {
  invalidCredentials: {
    status: 401,
    basis: 'documented',
    body: () => ({ detail: 'No active account found with the given credentials' }),
  },
  // 400 and `message`, not 429 and `detail`: "Get access token", ZapSign docs.
  rateLimited: {
    status: 400,
    basis: 'documented',
    body: () => ({ message: 'Rate limit exceeded' }),
  },
  refreshRefused: {
    status: 401,
    basis: 'documented',
    body: () => ({ detail: 'Token is invalid or expired', code: TOKEN_NOT_VALID }),
  },
  refreshUnusable: {
    status: 401,
    basis: 'inferred',
    body: (_, detail: string) => ({ detail, code: TOKEN_NOT_VALID }),
  },
  invalidFields: {
    status: 400,
    basis: 'inferred',
    body: (_, errors: FieldErrors) => errors,
  },
  parseError: {
    status: 400,
    basis: 'inferred',
    body: (_, detail: string) => ({ detail }),
  },
  unsupportedMediaType: {
    status: 415,
    basis: 'inferred',
    body: (messages, mediaType: string) => ({ detail: messages.unsupportedMediaType(mediaType) }),
  },
  methodNotAllowed: {
    status: 405,
    basis: 'inferred',
    body: (messages, method: string) => ({ detail: messages.methodNotAllowed(method) }),
  },
  notAcceptable: {
    status: 406,
    basis: 'inferred',
    body: (messages) => ({ detail: messages.notAcceptable }),
  },
  formatNotFound: {
    status: 404,
    basis: 'inferred',
    body: (messages) => ({ detail: messages.notFound }),
  },
  invalidPage: {
    status: 404,
    basis: 'inferred',
    body: (messages) => ({ detail: messages.invalidPage }),
  },
  notAuthenticated: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: (messages) => ({ detail: messages.notAuthenticated }),
  },
  badAuthorizationHeader: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: () => ({
      detail: 'Authorization header must contain two space-delimited values',
      code: 'bad_authorization_header',
    }),
  },
  tokenNotValid: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: (_, message: string) => ({
      detail: 'Given token not valid for any token type',
      code: TOKEN_NOT_VALID,
      messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
    }),
  },
  userNotRecognizable: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: () => ({
      detail: 'Token contained no recognizable user identification',
      code: TOKEN_NOT_VALID,
    }),
  },
  userNotFound: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: () => ({ detail: 'User not found', code: 'user_not_found' }),
  },
  userInactive: {
    status: 401,
    basis: 'inferred',
    isBearerRefusal: true,
    body: () => ({ detail: 'User is inactive', code: 'user_inactive' }),
  },
  notFound: { status: 404, basis: 'inferred', page: page('Not Found') },
  badRequest: { status: 400, basis: 'inferred', page: page('Bad Request (400)') },
  // Of Django's pages, only the empty one of a redirect says its charset.
  slashMissing: { status: 301, basis: 'inferred', page: '', type: 'text/html; charset=utf-8' },
  bodyTooLarge: { status: 413, basis: 'configured', page: page('413 Request Entity Too Large') },
} as const satisfies Record<string, Row<never>>

/** What the provider refuses: a row of {@link REFUSALS}. */
export type RefusalName = keyof typeof REFUSALS

export const REFUSAL_NAMES = Object.keys(REFUSALS) as RefusalName[]

/** What a refusal's text needs to know, for those that need something. */
type Subject<N extends RefusalName> = (typeof REFUSALS)[N] extends {
  body: (messages: Messages, subject: infer S) => unknown
}
  ? unknown extends S
    ? []
    : [subject: S]
  : []

export function refuse<N extends RefusalName>(name: N, ...subjects: Subject<N>): Answer {
  const { status, basis, isBearerRefusal, ...row } = REFUSALS[name] as Row<unknown>
  const [subject]: readonly unknown[] = subjects
  const answer: Answer = { outcome: name, status, basis, isBearerRefusal }
  if ('page' in row) return { ...answer, raw: { contentType: row.type ?? HTML, body: row.page } }
  return { ...answer, json: (messages) => row.body(messages, subject) }
}

export const HTML = 'text/html'
