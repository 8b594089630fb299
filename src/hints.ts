import type { Answer, Facts } from './answer.js'
import type { ApiRequest } from './api.js'
import { unverifiedClaim } from './claims.js'
import { shorten } from './secrets.js'

interface Situation extends Facts {
  request: Pick<ApiRequest, 'method' | 'path' | 'headers'>
  answer: Answer
}

/** A sentence that says how to correct a request. */
export interface Hint {
  /** The same for all requests that are wrong in the same way. */
  kind: number
  sentence: string
}

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data']

/** The most characters of a text that a sentence quotes. */
const MOST_QUOTED = 60

/** Names that clients use instead of the documented ones. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  username: ['user', 'email', 'e-mail', 'login', 'userName', 'user_name', 'Username'],
  password: ['pass', 'pwd', 'senha', 'secret', 'Password'],
  refresh: ['refresh_token', 'refreshToken', 'token'],
}

const ORGANIZATION_NAMES = /^(?:organi[sz]ation|(?:organi[sz]ation|org|company)_?id)$/i

const OBTAIN = '/api/v1/auth/token/'

const REFRESH_AS_ORGANIZATION = /^\/api\/v1\/auth\/token\/(?:refresh|verify)\/?$/i

/** Schemes of other providers, under which clients send their access token. */
const OTHER_SCHEMES = ['token', 'jwt', 'bearer', 'basic', 'apikey', 'api-key']

/** Requests that are one step from right. The first row that fits gives the hint. */
const HINTS: readonly ((situation: Situation) => string | false | undefined)[] = [
  ({ answer, request: { path } }) =>
    answer.status >= 300 &&
    REFRESH_AS_ORGANIZATION.test(path) &&
    'ZapSign reads the last segment of this path as an organization id. The refresh endpoint is /api/v1/auth/token-refresh/.',

  ({ answer }) =>
    answer.outcome === 'slashMissing' &&
    'The path lacks the final slash. A client that follows this redirect turns POST into GET.',

  ({ answer }) =>
    answer.outcome === 'httpsRequired' &&
    'The request was sent with http. Many HTTP libraries drop the Authorization header when they follow this redirect to https.',

  ({ answer, request: { path } }) =>
    answer.outcome === 'notFound' &&
    (path === OBTAIN || `${path}/` === OBTAIN) &&
    'The path lacks the organization id: /api/v1/auth/token/{organization_id}/.',

  ({ answer, request: { path } }) =>
    answer.outcome === 'notFound' &&
    /^\/api\/v1\/documents?(?:\/|$)/i.test(path) &&
    'ZapSign calls this path /api/v1/docs/.',

  ({ request: { path }, answer }) =>
    answer.status >= 400 &&
    /^\/api\/v1\/users?\/me\/?$/i.test(path) &&
    'ZapSign documents no endpoint for the current user. GET /api/v1/users/ lists the users of the organization.',

  ({ answer }) =>
    answer.outcome === 'notModelled' &&
    'ZapSign documents this endpoint, and zapsign-mock does not model it. Answer it with your own MSW handler or Express route (requireBearer() guards it), or with a route of the command (--routes, or routes in the configuration file).',

  ({ answer, request }) =>
    answer.outcome === 'methodNotAllowed' &&
    request.method === 'GET' &&
    request.path.startsWith('/api/v1/auth/') &&
    'GET was sent where POST is needed. A redirect from a path without the final slash causes this too.',

  ({ isSwapped }) => isSwapped && 'The user name and the password are swapped.',

  ({ answer, token }) =>
    answer.status >= 400 &&
    unverifiedClaim(token, 'name') === 'John Doe' &&
    "The token is the sample of the documentation (jwt.io's John Doe). ZapSign never issued it.",

  ({ fields, request }) =>
    request.path.startsWith(OBTAIN) &&
    fields?.some((name) => ORGANIZATION_NAMES.test(name)) &&
    'The organization id was sent in the body. It belongs in the path: /api/v1/auth/token/{organization_id}/.',

  ({ answer, fields }) => answer.outcome === 'invalidFields' && explainNames(fields ?? []),

  ({ answer, request }) =>
    answer.outcome === 'unsupportedMediaType' &&
    `The body was sent ${mediaType(request) ? `as ${shorten(mediaType(request), MOST_QUOTED)}` : 'without a Content-Type'}. ZapSign documents Content-Type: application/json.`,

  ({ fields, request }) =>
    fields &&
    FORMS.includes(mediaType(request)) &&
    `The body was sent as ${mediaType(request)}. ZapSign documents JSON; only its frameworks accept forms.`,

  ({ answer, request }) =>
    answer.outcome === 'notAuthenticated' &&
    explainScheme(request.headers.get('authorization') ?? ''),

  ({ answer }) =>
    answer.outcome === 'apiTokenNotFound' &&
    'This looks like a static API token, but the mock does not know it. Add it with the option apiTokens (--api-token), or send the access token of a login.',

  ({ answer, token }) =>
    answer.outcome === 'tokenNotValid' &&
    unverifiedClaim(token, 'token_type') === 'refresh' &&
    'A refresh token was sent where the access token belongs.',

  ({ answer, token }) =>
    answer.outcome === 'refreshUnusable' &&
    unverifiedClaim(token, 'token_type') === 'access' &&
    'An access token was sent where the refresh token belongs.',
]

/** The hint for a request that is one step from right, or nothing for any other request. */
export function hintFor(request: Situation['request'], answer: Answer): Hint | undefined {
  if (isRight(answer)) return undefined
  const token = answer.facts?.token ?? refusedToken(answer, request)
  const situation: Situation = { ...answer.facts, token, request, answer }
  for (const [kind, explain] of HINTS.entries()) {
    const sentence = explain(situation)
    if (sentence) return { kind, sentence }
  }
  return undefined
}

/** Whether a request was granted as ZapSign documents it: most requests are, and need no search. */
function isRight({ status, facts }: Answer): boolean {
  return status === 200 && (facts?.isDocumented === true || facts?.fields === undefined)
}

/** The bearer token that was refused. Other requests may have an `Authorization` header that is not read. */
function refusedToken(
  { status, hasOptionalStatus }: Answer,
  { headers }: Situation['request'],
): string | undefined {
  if (status !== 401 && status !== 403 && !hasOptionalStatus) return undefined
  return headers.get('authorization')?.split(' ').at(-1)
}

function mediaType({ headers }: Situation['request']): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function explainNames(fields: readonly string[]): string | undefined {
  for (const [right, others] of Object.entries(OTHER_NAMES)) {
    const wrong = others.find((name) => fields.includes(name))
    if (wrong && !fields.includes(right)) return `The field is called ${right}, not ${wrong}.`
  }
  return undefined
}

function explainScheme(authorization: string): string | undefined {
  const [scheme = '', ...rest] = authorization.trim().split(' ')
  if (scheme === '') return undefined
  if (OTHER_SCHEMES.includes(scheme.toLowerCase()))
    return `The Authorization header has the scheme ${scheme}. ZapSign accepts only Bearer.`
  if (rest.length === 0) return 'The Authorization header lacks Bearer before the token.'
  return undefined
}
