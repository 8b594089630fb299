import type { ApiRequest } from './api.js'
import type { Answer } from './refusals.js'
import { shorten } from './secrets.js'

/** What endpoints and guards leave for the explanation, and nobody keeps. */
export interface Clues {
  /** The names of the fields in the body. */
  fields?: readonly string[]
  /** The token that was sent in the body. */
  token?: string
  /** The user name is somebody's password, or the reverse. */
  isSwapped?: boolean
}

interface Situation extends Clues {
  request: Pick<ApiRequest, 'method' | 'path' | 'headers'>
  answer: Answer
}

/** A step from right, in words. */
export interface NearMiss {
  /** The same for all calls that are wrong in the same way. */
  kind: number
  sentence: string
}

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data']

/** As much of a text as a sentence quotes. */
const MOST_QUOTED = 60

/** Names that clients use instead of the documented ones. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  username: ['user', 'email', 'e-mail', 'login', 'userName', 'user_name', 'Username'],
  password: ['pass', 'pwd', 'senha', 'secret', 'Password'],
  refresh: ['refresh_token', 'refreshToken', 'token'],
}

const ORGANIZATION_NAMES = /^(?:organi[sz]ation|(?:organi[sz]ation|org|company)_?id)$/i

const OBTAIN = '/api/v1/auth/token/'

/** Schemes that other providers use, with which an access token is sent here in vain. */
const OTHER_SCHEMES = ['token', 'jwt', 'bearer', 'basic', 'apikey']

/**
 * Calls that are one step from right, each with a sentence that names the step. The first that fits
 * is told; the reply stays what the provider would send.
 */
const NEAR_MISSES: readonly ((situation: Situation) => string | false | undefined)[] = [
  ({ answer }) =>
    answer.outcome === 'slashMissing' &&
    'The path lacks its final slash: the provider redirects, and a client that follows turns POST into GET.',

  ({ answer, request: { path } }) =>
    answer.outcome === 'notFound' &&
    (path === OBTAIN || `${path}/` === OBTAIN) &&
    'The path lacks the organization id: /api/v1/auth/token/{organization_id}/.',

  ({ answer, request }) =>
    answer.outcome === 'methodNotAllowed' &&
    request.method === 'GET' &&
    'GET was sent where POST belongs: a redirect from a path without its final slash does that too.',

  ({ isSwapped }) => isSwapped && 'The user name and the password are swapped.',

  ({ answer, token }) =>
    answer.status >= 400 &&
    isSampleToken(token) &&
    "The token is the documentation's sample (jwt.io's John Doe): nobody ever issued it.",

  ({ fields, request }) =>
    request.path.startsWith(OBTAIN) &&
    fields?.some((name) => ORGANIZATION_NAMES.test(name)) &&
    'The organization id was sent in the body: it belongs in the path, /api/v1/auth/token/{organization_id}/.',

  ({ answer, fields }) => answer.outcome === 'invalidFields' && explainNames(fields ?? []),

  ({ answer, request }) =>
    answer.outcome === 'unsupportedMediaType' &&
    `The body was sent as ${shorten(mediaType(request), MOST_QUOTED) || 'nothing in particular'}: ZapSign documents Content-Type: application/json.`,

  ({ fields, request }) =>
    fields &&
    FORMS.includes(mediaType(request)) &&
    `The body was sent as ${mediaType(request)}: ZapSign documents JSON, so only the frameworks' habit accepts it.`,

  ({ answer, request }) =>
    answer.outcome === 'notAuthenticated' &&
    explainScheme(request.headers.get('authorization') ?? ''),

  ({ answer, token }) =>
    answer.outcome === 'tokenNotValid' &&
    claimOf(token, 'token_type') === 'refresh' &&
    'A refresh token was sent where the access token belongs.',

  ({ answer, token }) =>
    answer.outcome === 'refreshUnusable' &&
    claimOf(token, 'token_type') === 'access' &&
    'An access token was sent where the refresh token belongs.',
]

/** The near miss that a call is, or nothing for any other. */
export function explainNearMiss(situation: Situation): NearMiss | undefined {
  const token = situation.token ?? sentToken(situation)
  for (const [kind, explain] of NEAR_MISSES.entries()) {
    const sentence = explain({ ...situation, token })
    if (sentence) return { kind, sentence }
  }
  return undefined
}

/** The token of a refused bearer; the header of any other call says nothing. */
function sentToken({ answer, request }: Situation): string | undefined {
  if (!answer.isBearerRefusal) return undefined
  return request.headers.get('authorization')?.split(' ').at(-1)
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
  const [scheme = ''] = authorization.split(' ', 1)
  if (OTHER_SCHEMES.includes(scheme.toLowerCase()))
    return `The Authorization header says ${scheme}: the provider knows only Bearer.`
  if (scheme.startsWith('eyJ')) return 'The Authorization header lacks Bearer before the token.'
  return undefined
}

function isSampleToken(token: string | undefined): boolean {
  return claimOf(token, 'name') === 'John Doe'
}

/** A claim of a token that nobody has verified. */
function claimOf(token: string | undefined, name: string): unknown {
  try {
    const payload = token?.split('.', 2)[1] ?? ''
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))[name]
  } catch {
    return undefined
  }
}
