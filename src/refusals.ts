import type { Source } from './api.js'
import type { FieldErrors } from './framework/fields.js'
import type { Messages } from './framework/messages.js'

/** An error response; `S` is what its text needs to know about the request. */
type Row<S> = {
  status: number
  source: Source
  /** Whether the response refuses a JWT on a protected endpoint: an option then decides the status. */
  hasOptionalStatus?: true
} & ({ body: (messages: Messages, subject: S) => unknown } | { page: string; type?: string })

const TOKEN_NOT_VALID = 'token_not_valid'

/** An HTML page like those of the web server in front of the provider. */
export function page(title: string, text = title): string {
  return `<!doctype html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body><h1>${text}</h1></body>\n</html>\n`
}

/** The error responses of the provider, and the source of each. */
const REFUSALS = {
  invalidCredentials: {
    status: 401,
    source: 'documented',
    body: () => ({ detail: 'No active account found with the given credentials' }),
  },
  // 400 and `message`, not 429 and `detail`: "Get access token", ZapSign docs.
  rateLimited: {
    status: 400,
    source: 'documented',
    body: () => ({ message: 'Rate limit exceeded' }),
  },
  refreshRefused: {
    status: 401,
    source: 'documented',
    body: () => ({ detail: 'Token is invalid or expired', code: TOKEN_NOT_VALID }),
  },
  refreshUnusable: {
    status: 401,
    source: 'inferred',
    body: (_, detail: string) => ({ detail, code: TOKEN_NOT_VALID }),
  },
  invalidFields: {
    status: 400,
    source: 'inferred',
    body: (_, errors: FieldErrors) => errors,
  },
  parseError: {
    status: 400,
    source: 'inferred',
    body: (_, detail: string) => ({ detail }),
  },
  unsupportedMediaType: {
    status: 415,
    source: 'inferred',
    body: (messages, mediaType: string) => ({ detail: messages.unsupportedMediaType(mediaType) }),
  },
  methodNotAllowed: {
    status: 405,
    source: 'inferred',
    body: (messages, method: string) => ({ detail: messages.methodNotAllowed(method) }),
  },
  notAcceptable: {
    status: 406,
    source: 'inferred',
    body: (messages) => ({ detail: messages.notAcceptable }),
  },
  formatNotFound: {
    status: 404,
    source: 'inferred',
    body: (messages) => ({ detail: messages.notFound }),
  },
  invalidPage: {
    status: 404,
    source: 'inferred',
    body: (messages) => ({ detail: messages.invalidPage }),
  },
  // The status is documented ("Authentication with a static token": no header, 403), the body inferred.
  notAuthenticated: {
    status: 403,
    source: 'inferred',
    body: (messages) => ({ detail: messages.notAuthenticated }),
  },
  // Status documented on the same page; the text is in a production log of 2026-08-31.
  apiTokenNotFound: {
    status: 403,
    source: 'observed',
    body: () => ({
      detail:
        'API token not found. More details here / Token da API não encontrado: https://docs.zapsign.com.br/english/authentication/autenticacao',
    }),
  },
  badAuthorizationHeader: {
    status: 401,
    source: 'inferred',
    hasOptionalStatus: true,
    body: () => ({
      detail: 'Authorization header must contain two space-delimited values',
      code: 'bad_authorization_header',
    }),
  },
  tokenNotValid: {
    status: 401,
    source: 'inferred',
    hasOptionalStatus: true,
    body: (_, message: string) => ({
      detail: 'Given token not valid for any token type',
      code: TOKEN_NOT_VALID,
      messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
    }),
  },
  userNotRecognizable: {
    status: 401,
    source: 'inferred',
    hasOptionalStatus: true,
    body: () => ({
      detail: 'Token contained no recognizable user identification',
      code: TOKEN_NOT_VALID,
    }),
  },
  userNotFound: {
    status: 401,
    source: 'inferred',
    hasOptionalStatus: true,
    body: () => ({ detail: 'User not found', code: 'user_not_found' }),
  },
  userInactive: {
    status: 401,
    source: 'inferred',
    hasOptionalStatus: true,
    body: () => ({ detail: 'User is inactive', code: 'user_inactive' }),
  },
  notFound: { status: 404, source: 'inferred', page: page('Not Found') },
  badRequest: { status: 400, source: 'inferred', page: page('Bad Request (400)') },
  // Requests on which the frameworks raise an exception that they do not handle.
  crashed: { status: 500, source: 'inferred', page: page('Server Error (500)') },
  // Of Django's pages, only the empty page of a redirect names its charset.
  slashMissing: { status: 301, source: 'inferred', page: '', type: 'text/html; charset=utf-8' },
  // Observed by clients that follow the documented http links of pages.
  httpsRequired: { status: 301, source: 'observed', page: '', type: 'text/html' },
  notModelled: {
    status: 501,
    source: 'not-modelled',
    body: (_, endpoint: string) => ({
      detail: `zapsign-mock does not model ${endpoint}. ZapSign documents this endpoint. Answer it with a route or a handler of your own.`,
    }),
  },
  bodyTooLarge: { status: 413, source: 'configured', page: page('413 Request Entity Too Large') },
  // A server answers these before the provider sees the request.
  malformedRequest: { status: 400, source: 'configured', page: page('400 Bad Request') },
  requestTimeout: { status: 408, source: 'configured', page: page('408 Request Timeout') },
  expectationFailed: { status: 417, source: 'configured', page: page('417 Expectation Failed') },
  headersTooLarge: {
    status: 431,
    source: 'configured',
    page: page('431 Request Header Fields Too Large'),
  },
} as const satisfies Record<string, Row<never>>

/** The name of an error response of the provider, such as `invalidCredentials` or `tokenNotValid`. */
export type RefusalName = keyof typeof REFUSALS

export const REFUSAL_NAMES = Object.keys(REFUSALS) as RefusalName[]

export const HTML = 'text/html'

/** The values that the text of an error response contains, for those that contain any. */
export type RefusalSubject<N extends RefusalName> = (typeof REFUSALS)[N] extends {
  body: (messages: Messages, subject: infer S) => unknown
}
  ? unknown extends S
    ? []
    : [subject: S]
  : []

/** The row of an error response, with any values. */
export function refusalRow(name: RefusalName): Row<unknown> {
  return REFUSALS[name] as Row<unknown>
}
