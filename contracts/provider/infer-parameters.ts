import { isObject } from '../is-object.js'
import type { Interaction } from '../pact/read-pact.js'
import { isSuccess, organizationOf, REFRESH_PATH } from './reply-faults.js'
import { isStateName, type StateName } from './states.js'

type Parameters = Readonly<Record<string, unknown>>

/**
 * The parameters of a state: those in the pact or, if it has no parameters, those that the request implies. A
 * pact of specification 2 cannot name parameters: its request holds the credentials or the token that
 * the state is about, whatever their values.
 */
export function parametersOf(
  { content }: Interaction,
  { name, parameters }: { name: string; parameters: Parameters },
): Parameters {
  if (Object.keys(parameters).length > 0 || !isStateName(name)) return parameters
  return INFERRED[name](contentOf(content))
}

interface Content {
  path: string
  /** By lower-case names. */
  headers: Readonly<Record<string, string>>
  body: Readonly<Record<string, unknown>>
  status: number
}

const INFERRED: Readonly<Record<StateName, (content: Content) => Parameters>> = {
  'the user can sign in': ({ path, body, status }) => {
    const { username, password } = body
    const passwords = isSuccess(status)
      ? { password }
      : { wrongPassword: password, password: `not ${password}` }
    return strings({ organizationId: organizationOf(path), username, ...passwords })
  },
  'login attempts are exceeded': ({ path, body: { username, password } }) =>
    strings({ organizationId: organizationOf(path), blockedUsername: username, password }),
  'the refresh token is valid': (content) => strings({ refreshToken: refreshIn(content) }),
  'the refresh token has expired': (content) =>
    strings({ expiredRefreshToken: refreshIn(content) }),
  'the access token is valid': (content) => strings({ accessToken: bearerIn(content) }),
  'the access token has expired': (content) => strings({ expiredAccessToken: bearerIn(content) }),
}

function refreshIn({ path, body }: Content): unknown {
  return path === REFRESH_PATH ? body['refresh'] : undefined
}

function bearerIn({ headers }: Content): string | undefined {
  return /^Bearer +(\S+)$/.exec(headers['authorization'] ?? '')?.[1]
}

function strings(values: Parameters): Parameters {
  const filled = Object.entries(values).filter(([, value]) => typeof value === 'string' && value)
  return Object.fromEntries(filled)
}

function contentOf(interaction: Readonly<Record<string, unknown>>): Content {
  const request = asObject(interaction['request'])
  const { status = 200 } = asObject(interaction['response'])
  const headers = Object.entries(asObject(request['headers']))
  return {
    path: String(request['path']),
    headers: Object.fromEntries(
      headers.map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
    ),
    body: bodyOf(request['body']),
    status: Number(status),
  }
}

/** Specification 4 wraps a body in an object with `content`. */
function bodyOf(body: unknown): Record<string, unknown> {
  const { content, contentType } = asObject(body)
  return asObject(contentType === undefined ? body : content)
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}
