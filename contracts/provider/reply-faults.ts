import type { SentRequest } from '../http.js'
import { promises } from '../promises.js'
import type { HttpReply } from './http-client.js'
import { readObject } from './json-body.js'
import { pageFaults } from './page-faults.js'
import { claimsOf } from './token.js'
import { type ReplyTime, type TokenContext, tokenFaults } from './token-faults.js'

/** An exchange with a provider. */
export interface Exchange extends ReplyTime {
  request: SentRequest
  reply: HttpReply
  /** The provider states that were set up before it. */
  states: readonly string[]
  /** The ids of all tokens of the run so far. */
  usedIds: Set<string>
}

const OBTAIN = /^\/api\/v1\/auth\/token\/([^/]+)\/$/
/** "Refresh your access token", ZapSign docs. */
export const REFRESH_PATH = '/api/v1/auth/token-refresh/'
const PAGE = /^\/api\/v1\/(docs|users)\/$/

/** Whether a request asks for tokens by a login. */
export function isLogin({ method, path }: SentRequest): boolean {
  return method === 'POST' && OBTAIN.test(path)
}

/** Whether a request asks for an access token by a refresh token. */
export function isRefresh({ method, path }: SentRequest): boolean {
  return method === 'POST' && path === REFRESH_PATH
}

/** Whether a request asks for a protected page. */
export function isPage({ method, path }: SentRequest): boolean {
  return method === 'GET' && PAGE.test(path)
}

/** Whether a reply of this kind brings tokens. */
export function isTokenReply(request: SentRequest, { status }: { status: number }): boolean {
  return isSuccess(status) && (isLogin(request) || isRefresh(request))
}

/** Whether a status is 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/**
 * What Pact cannot see in a reply: whether tokens are what they seem, whether errors are the documented
 * ones, and whether the body is what its headers say. Extra properties and claims, and their order, are
 * not faults.
 */
export function replyFaults(exchange: Exchange): string[] {
  const specified = specifiedBody(exchange)
  const { reply } = exchange
  const encoding = reply.encodingFault ? [reply.encodingFault] : []
  if (!specified) return encoding
  const type = typeFaults(reply.headers['content-type'])
  const body = readObject(reply.body)
  if (typeof body === 'string')
    return [...encoding, ...type, `the body is not a JSON object: ${body}`]
  return [...encoding, ...type, ...specified(body)]
}

type BodyCheck = (body: Record<string, unknown>) => string[]

/** What the body of a reply must be; `undefined` where nothing is documented. */
function specifiedBody(exchange: Exchange): BodyCheck | undefined {
  const { request, reply, states } = exchange
  const { status } = reply
  const { invalidCredentials, rateLimited, refreshRefused } = promises
  if (isLogin(request)) {
    if (isSuccess(status)) return (body) => pairFaults(body, exchange)
    if (status === 401) return (body) => literalFaults(body, invalidCredentials.reply.body)
    if (status === 400 && states.includes(rateLimited.state.name))
      return (body) => literalFaults(body, rateLimited.reply.body)
  }
  if (isRefresh(request)) {
    if (isSuccess(status)) return (body) => refreshedFaults(body, exchange)
    const { code, detail } = refreshRefused.reply.body
    // A token of another type is refused in other words.
    const isDocumented = states.includes(refreshRefused.state.name)
    if (status === 401)
      return (body) => literalFaults(body, isDocumented ? { detail, code } : { code })
  }
  return isPage(request) && status === 200 ? pageFaults : undefined
}

/** RFC 9110, section 8.3.1: white space may surround the semicolon of a media type. */
const JSON_TYPE = /^application\/json[ \t]*(;|$)/i

function typeFaults(contentType: string | undefined): string[] {
  if (contentType === undefined) return ['the reply has no Content-Type, expected application/json']
  if (JSON_TYPE.test(contentType)) return []
  return [`the Content-Type is ${contentType.slice(0, 60)}, expected application/json`]
}

function pairFaults({ access, refresh }: Record<string, unknown>, exchange: Exchange): string[] {
  const organization = organizationOf(exchange.request.path)
  const owner = /^\d+$/.test(organization)
    ? { companyId: Number(organization) }
    : { organizationId: organization }
  const context: TokenContext = { ...exchange, ...owner }
  const refreshFaults = tokenFaults(refresh, 'refresh', context)
  if (typeof access === 'string' && access === refresh)
    return [...refreshFaults, 'access and refresh are the same token']
  const { user_id: userId } = claimsOf(refresh)
  return [...refreshFaults, ...tokenFaults(access, 'access', { ...context, userId })]
}

/** The organization in the path of a login, decoded; empty for another path. */
export function organizationOf(path: string): string {
  const [, segment = ''] = OBTAIN.exec(path) ?? []
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function refreshedFaults({ access }: Record<string, unknown>, exchange: Exchange): string[] {
  const sent = readObject(exchange.request.body)
  const { user_id: userId, company_id: companyId } = claimsOf(Object(sent)['refresh'])
  return tokenFaults(access, 'access', { ...exchange, userId, companyId })
}

function literalFaults(
  body: Record<string, unknown>,
  specified: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(specified)
    .filter(([name, value]) => body[name] !== value)
    .map(([name, value]) => `${name} is not the documented ${JSON.stringify(value)}`)
}

/** No word of a message is as long. */
const LONG = 16

/** What may be a token in a body: access and refresh, whatever they are, and all long strings. */
export function tokensIn(body: string): string[] {
  const tokens: string[] = []
  JSON.stringify(readJson(body), (name, value) => {
    const isToken = ['access', 'refresh'].includes(name) || String(value).length >= LONG
    if (typeof value === 'string' && isToken) tokens.push(value)
    return value
  })
  return tokens
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
