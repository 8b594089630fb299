import type { SentReply, SentRequest } from '../http.js'
import { promises } from '../promises.js'

/** An exchange with a provider, as the verifier saw it. */
export interface Exchange {
  request: SentRequest
  reply: SentReply
  /** The provider's time, in seconds since 1970. */
  time: number
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
export function faultsOf(exchange: Exchange): string[] {
  const { request, reply, time } = exchange
  const body = parseObject(reply.body)
  if (request.method === 'POST' && OBTAIN.test(request.path)) {
    if (reply.status === 200) return pairFaults(body, time)
    if (reply.status === 401) return bodyFaults(body, promises.invalidCredentials.reply.body)
  }
  if (request.method === 'POST' && request.path === REFRESH) {
    if (reply.status === 200) return tokenFaults(body['access'], 'access', time)
    if (reply.status === 401)
      return bodyFaults(body, { code: promises.refreshRefused.reply.body.code })
  }
  if (request.method === 'GET' && PAGE.test(request.path) && reply.status === 200)
    return pageFaults(body)
  return []
}

function pairFaults(body: Record<string, unknown>, time: number): string[] {
  const { access, refresh } = body
  return [
    ...tokenFaults(refresh, 'refresh', time),
    ...tokenFaults(access, 'access', time),
    ...(access === refresh ? ['access and refresh are the same token'] : []),
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
 * What is wrong with the tokens of replies to the same request: each must be new, to the access token
 * that was there before, too.
 */
export function repetitionFaults(replies: readonly SentReply[], earlierAccess?: string): string[] {
  const bodies = [{ access: earlierAccess }, ...replies.map(({ body }) => parseObject(body))]
  return (['access', 'refresh'] as const).flatMap((type) => {
    const ids = bodies
      .map((body) => decode(Object(body)[type])?.payload['jti'])
      .filter((jti) => typeof jti === 'string')
    return new Set(ids).size < ids.length ? [`${type} has a jti that was used before`] : []
  })
}

/** Every string that a reply holds. */
export function stringsIn({ body }: SentReply): string[] {
  const strings: string[] = []
  JSON.stringify(parseObject(body), (_, value) => {
    if (typeof value === 'string') strings.push(value)
    return value
  })
  return strings
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
