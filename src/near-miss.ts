import type { ApiRequest } from './api.js'
import type { Answer } from './refusals.js'

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
  request: Pick<ApiRequest, 'method' | 'headers'>
  answer: Answer
}

const FORM = 'application/x-www-form-urlencoded'

/** Names that clients use instead of the documented ones. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  username: ['user', 'email', 'e-mail', 'login', 'userName', 'user_name', 'Username'],
  password: ['pass', 'pwd', 'senha', 'secret', 'Password'],
  refresh: ['refresh_token', 'refreshToken', 'token'],
}

const ORGANIZATION_NAMES = ['organization_id', 'organizationId', 'organization']

/** Schemes that other providers use, with which an access token is sent here in vain. */
const OTHER_SCHEMES = ['Token', 'JWT', 'bearer', 'BEARER', 'Basic', 'ApiKey']

/**
 * Calls that are one step from right, each with a sentence that names the step. The first that fits
 * is told; the reply stays what the provider would send.
 */
const NEAR_MISSES: readonly ((situation: Situation) => string | false | undefined)[] = [
  ({ answer }) =>
    answer.outcome === 'slashMissing' &&
    'The path lacks its final slash: the provider redirects, and a client that follows turns POST into GET.',

  ({ answer, request }) =>
    answer.outcome === 'methodNotAllowed' &&
    request.method === 'GET' &&
    'GET was sent where POST belongs: a redirect from a path without its final slash does that too.',

  ({ isSwapped }) => isSwapped && 'The user name and the password are swapped.',

  ({ token }) =>
    isSampleToken(token) &&
    "The token is the documentation's sample (jwt.io's John Doe): nobody ever issued it.",

  ({ fields }) =>
    fields?.some((name) => ORGANIZATION_NAMES.includes(name)) &&
    'The organization id was sent in the body: it belongs in the path, /api/v1/auth/token/{organization_id}/.',

  ({ answer, fields }) => answer.outcome === 'invalidFields' && explainNames(fields ?? []),

  ({ answer, request }) =>
    answer.outcome === 'unsupportedMediaType' &&
    `The body was sent as ${mediaType(request) || 'nothing in particular'}: ZapSign documents Content-Type: application/json.`,

  ({ fields, request }) =>
    fields &&
    mediaType(request) === FORM &&
    `The body was sent as ${FORM}: ZapSign documents JSON, so only the frameworks' habit accepts it.`,

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

/** The sentence for a call that is one step from right, or nothing for any other. */
export function explainNearMiss(situation: Situation): string | undefined {
  const token = situation.token ?? situation.request.headers.get('authorization')?.split(' ').at(-1)
  for (const explain of NEAR_MISSES) {
    const sentence = explain({ ...situation, token })
    if (sentence) return sentence
  }
  return undefined
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
  if (OTHER_SCHEMES.includes(scheme))
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
