import type { ZapSign } from '../../src/index.js'
import type { SentRequest } from '../http.js'
import { promises } from '../promises.js'
import type { HttpReply } from './http-client.js'
import { readObject } from './json-body.js'

/** Which replies to a request of a provider state are right. */
export interface ExpectedReply {
  /** What the request is, in a message: "the login before it". */
  title: string
  statuses: readonly number[]
  /** Whether the sender reports another status itself. @default false */
  reportsOthers?: boolean
}

/**
 * Sends a request to a provider in memory or at a URL. `expected` is the reply that the set-up of a state
 * needs; the sender reports any other reply.
 */
export type Send = (request: SentRequest, expected?: ExpectedReply) => Promise<HttpReply>

/** Who signs in, and to what. */
export interface Login {
  organizationId: string
  username: string
  password: string
}

/** The tokens of one login. */
export interface TokenPair {
  access: string
  refresh: string
}

/** Sends to a provider in memory. */
export function sendTo(zapsign: ZapSign): Send {
  return ({ headers, body, ...request }) =>
    zapsign.reply({
      ...request,
      headers: { get: (name) => headers[name.toLowerCase()] ?? null },
      body: new TextEncoder().encode(body),
    })
}

/** Obtains a token pair. Rejects if the reply has no token pair, and quotes neither the request nor the reply. */
export async function signIn(send: Send, login: Login): Promise<TokenPair> {
  const { status } = promises.authenticated.reply
  const expected = { title: 'the login before it', statuses: [status], reportsOthers: true }
  const reply = await send(loginRequest(login), expected)
  if (reply.status !== status)
    throw new Error(`the provider answered the login with ${reply.status}${hintFor(reply.status)}`)
  const { access, refresh } = Object(readObject(reply.body))
  if (typeof access === 'string' && typeof refresh === 'string') return { access, refresh }
  throw new Error('the provider answered the login without a token pair')
}

/** Failed logins that are tried at somebody's provider before a limit is taken not to exist. */
const MOST_ATTEMPTS = 20

/**
 * Signs in with a wrong password until the provider says that this was too often. Rejects where it
 * never does, or where it limits requests instead.
 */
export async function exceedLoginAttempts(
  send: Send,
  wrong: Login,
  { most = MOST_ATTEMPTS } = {},
): Promise<void> {
  const refused = promises.invalidCredentials.reply.status
  const exceeded = promises.rateLimited.reply.status
  let status = 0
  for (let attempt = 1; attempt <= most; attempt += 1) {
    const title = `failed login ${attempt} before it`
    const expected = { title, statuses: [refused, exceeded] }
    status = (await send(loginRequest(wrong), expected)).status
    if (status === exceeded) return
    if (status === TOO_MANY_REQUESTS)
      throw new Error(`the provider answered failed login ${attempt} with 429${hintFor(429)}`)
  }
  throw new Error(
    `the provider still answered failed login ${most} in a row with ${status}: it has no login limit, or a higher one`,
  )
}

const TOO_MANY_REQUESTS = 429

/** What a status says that ZapSign documents for another purpose: ": 429 is …", or nothing. */
export function hintFor(status: number): string {
  if (status !== TOO_MANY_REQUESTS) return ''
  const { status: documented, body } = promises.rateLimited.reply
  return `: 429 is the general limit of ZapSign (500 requests a minute); for exceeded login attempts it documents ${documented} with ${JSON.stringify(body)}`
}

/** The request of a login. */
export function loginRequest({ organizationId, username, password }: Login): SentRequest {
  return {
    method: 'POST',
    path: `/api/v1/auth/token/${encodeURIComponent(organizationId)}/`,
    query: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  }
}
