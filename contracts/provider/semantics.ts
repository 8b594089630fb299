import type { SentReply, SentRequest } from '../http.js'
import { promises } from '../promises.js'
import type { StateName } from './states.js'

/** An exchange with a provider, as the verifier saw it. */
export interface Exchange {
  request: SentRequest
  reply: SentReply
  /** The provider's time, in seconds since 1970. */
  time: number
  /** What was the case at the provider. */
  states: readonly StateName[]
}

/** Seconds by which a provider's clock and its tokens may disagree. */
const TOLERANCE = 60

/** Lifetimes in seconds: "Get access token", ZapSign docs. */
const LIFETIMES = { access: 3600, refresh: 86_400 } as const

type TokenType = keyof typeof LIFETIMES

const OBTAIN = /^\/api\/v1\/auth\/token\/[^/]+\/$/
const REFRESH = '/api/v1/auth/token-refresh/'
const PAGE = /^\/api\/v1\/(docs|users)\/$/

/**
 * What Pact cannot see in a reply: whether tokens are what they seem, and whether errors are the
 * documented ones. Extra properties and claims, and their order, are no faults.
 */
export function faultsOf({ request, reply, time, states }: Exchange): string[] {
  const { method, path } = request
  const { status } = reply
  const body = parseObject(reply.body)
  if (isTokenReply(request, reply))
    return path === REFRESH ? tokenFaults(body['access'], 'access', time) : pairFaults(body, time)
  if (method === 'POST' && OBTAIN.test(path)) {
    const { invalidCredentials, rateLimited } = promises
    if (status === 401) return bodyFaults(body, invalidCredentials.reply.body)
    if (status === 400 && states.includes('login attempts are exceeded'))
      return bodyFaults(body, rateLimited.reply.body)
  }
  if (method === 'POST' && path === REFRESH && status === 401) {
    const { code, detail } = promises.refreshRefused.reply.body
    // A token of another type is refused in other words.
    const isDocumented = states.includes('the refresh token has expired')
    return bodyFaults(body, isDocumented ? { code, detail } : { code })
  }
  return method === 'GET' && PAGE.test(path) && status === 200 ? pageFaults(body) : []
}

function pairFaults(body: Record<string, unknown>, time: number): string[] {
  const { access, refresh } = body
  return [
    ...tokenFaults(refresh, 'refresh', time),
    ...tokenFaults(access, 'access', time),
    ...(typeof access === 'string' && access === refresh
      ? ['access and refresh are the same token']
      : []),
  ]
}

/** What is wrong with a token by itself. */
function tokenFaults(token: unknown, type: TokenType, time: number): string[] {
  const decoded = decode(token)
  if (!decoded) return [`${type} is no decodable JWT`]
  const { header, payload } = decoded
  const faults: string[] = []
  if (header['alg'] !== 'HS256')
    faults.push(`${type} is signed with ${show(header['alg'])}, HS256 is specified`)
  if (header['typ'] !== 'JWT')
    faults.push(`${type} has the typ ${show(header['typ'])}, JWT is specified`)
  if (payload['token_type'] !== type)
    faults.push(`${type} has the token_type ${show(payload['token_type'])}`)
  if (typeof payload['jti'] !== 'string' || payload['jti'] === '') faults.push(`${type} has no jti`)
  return [...faults, ...expiryFaults(payload['exp'], type, time)]
}

function expiryFaults(exp: unknown, type: TokenType, time: number): string[] {
  if (typeof exp !== 'number' || !Number.isInteger(exp))
    return [`${type} has no exp in whole seconds`]
  const lifetime = exp - time
  if (lifetime <= 0) return [`${type} has expired already`]
  const specified = LIFETIMES[type]
  if (Math.abs(lifetime - specified) <= TOLERANCE) return []
  const unit = lifetime > specified * 100 ? ' (exp is in seconds)' : ''
  return [`${type} lives for ${Math.round(lifetime)} s, ${specified} s are specified${unit}`]
}

/** Whether a reply of this kind brings tokens. */
export function isTokenReply({ method, path }: SentRequest, { status }: SentReply): boolean {
  return (
    method === 'POST' && Math.floor(status / 100) === 2 && (OBTAIN.test(path) || path === REFRESH)
  )
}

/**
 * What is wrong with the replies to the same request: they must be alike, and each token new, to the
 * access token that was there before, too.
 */
export function repetitionFaults(
  { path }: SentRequest,
  [first, second]: readonly [SentReply, SentReply],
  earlierAccess?: string,
): string[] {
  if (first.status !== second.status)
    return [
      `the same request was answered with ${first.status} first, and with ${second.status} then`,
    ]
  const bodies = [{ access: earlierAccess }, parseObject(first.body), parseObject(second.body)]
  // A refresh may repeat the refresh token that was sent.
  const types = path === REFRESH ? (['access'] as const) : (['access', 'refresh'] as const)
  return types.flatMap((type) => {
    const ids = bodies
      .map((body) => payloadOf(Object(body)[type])['jti'])
      .filter((jti) => typeof jti === 'string')
    return new Set(ids).size < ids.length ? [`${type} has a jti that was used before`] : []
  })
}

/** Whether an access token that was obtained by refresh expires no later than the one of the login before. */
export function stalenessFaults(
  { path }: SentRequest,
  reply: SentReply,
  earlierAccess: string | undefined,
): string[] {
  if (path !== REFRESH) return []
  const before = payloadOf(earlierAccess)['exp']
  const now = payloadOf(parseObject(reply.body)['access'])['exp']
  const isStale = typeof before === 'number' && typeof now === 'number' && now <= before
  return isStale
    ? ['access expires no later than the one of the login before: it is not fresh']
    : []
}

function payloadOf(token: unknown): Record<string, unknown> {
  return decode(token)?.payload ?? {}
}

/** As long as no word is that a message may need. */
const LONG = 16

/** What a reply holds that may be a token: access and refresh, whatever they are, and all long texts. */
export function tokensIn({ body }: SentReply): string[] {
  const tokens: string[] = []
  JSON.stringify(parseObject(body), (name, value) => {
    const isToken = ['access', 'refresh'].includes(name) || String(value).length >= LONG
    if (typeof value === 'string' && isToken) tokens.push(value)
    return value
  })
  return tokens
}

function bodyFaults(
  body: Record<string, unknown>,
  specified: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(specified)
    .filter(([name, value]) => body[name] !== value)
    .map(([name, value]) => `${name} is not the documented ${show(value)}`)
}

function pageFaults(body: Record<string, unknown>): string[] {
  const missing = ['count', 'next', 'previous', 'results'].filter(
    (name) => !Object.hasOwn(body, name),
  )
  return missing.map((name) => `the page has no ${name}`)
}

interface Decoded {
  header: Record<string, unknown>
  payload: Record<string, unknown>
}

function decode(token: unknown): Decoded | undefined {
  if (typeof token !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined
  const [header, payload] = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
  const decoded = { header: parseObject(header ?? ''), payload: parseObject(payload ?? '') }
  const isEmpty =
    Object.keys(decoded.header).length === 0 || Object.keys(decoded.payload).length === 0
  return isEmpty ? undefined : decoded
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function show(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 60)
}
