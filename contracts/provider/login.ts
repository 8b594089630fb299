import type { ZapSign } from '../../src/index.js'
import type { SentReply, SentRequest } from '../http.js'
import { promises } from '../promises.js'

/** Sends a request to a provider, wherever it is. */
export type Send = (request: SentRequest) => Promise<SentReply>

export interface Login {
  organizationId: string
  username: string
  password: string
}

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

/** Obtains a token pair. Rejects, with no word of what was sent or came, where there is none. */
export async function signIn(send: Send, login: Login): Promise<TokenPair> {
  const { status, body } = await send(toRequest(login))
  if (status !== promises.authenticated.reply.status)
    throw new Error(`the provider answered the login with ${status}`)
  const pair = readPair(body)
  if (!pair) throw new Error('the provider answered the login with no token pair')
  return pair
}

/** As many failed logins as are tried at somebody's provider before a limit is taken not to exist. */
const MOST_ATTEMPTS = 20

/** Signs in wrongly until the provider says that it was too often. Rejects where it never does. */
export async function exceedLoginAttempts(
  send: Send,
  wrong: Login,
  { most = MOST_ATTEMPTS } = {},
): Promise<void> {
  let status = 0
  for (let attempt = 0; attempt < most; attempt += 1) {
    status = (await send(toRequest(wrong))).status
    if (status === promises.rateLimited.reply.status) return
  }
  throw new Error(
    `${most} failed logins in a row were not too many for the provider: it answered the last with ${status}`,
  )
}

function toRequest({ organizationId, username, password }: Login): SentRequest {
  return {
    method: 'POST',
    path: `/api/v1/auth/token/${encodeURIComponent(organizationId)}/`,
    query: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  }
}

function readPair(text: string): TokenPair | undefined {
  try {
    const { access, refresh } = JSON.parse(text)
    return typeof access === 'string' && typeof refresh === 'string'
      ? { access, refresh }
      : undefined
  } catch {
    return undefined
  }
}
