import type { SentReply, SentRequest } from '../http.js'

/** Whether a browser asks for permission before it sends a request. */
export function isPreflight({ method, headers }: Omit<SentRequest, 'body'>): boolean {
  return (
    method === 'OPTIONS' &&
    headers['origin'] !== undefined &&
    headers['access-control-request-method'] !== undefined
  )
}

const ALLOWED_BY = {
  'access-control-allow-methods': 'access-control-request-method',
  'access-control-allow-headers': 'access-control-request-headers',
  'access-control-allow-private-network': 'access-control-request-private-network',
} as const

/**
 * The reply to a preflight. ZapSign allows nothing of the kind. Here it is allowed, since a browser would
 * not send the request that is to be recorded.
 */
export function answerPreflight({ headers }: SentRequest): SentReply {
  const allowed = Object.entries(ALLOWED_BY).flatMap(([name, asked]) => {
    const value = headers[asked]
    return value === undefined ? [] : [[name, value]]
  })
  const reply = { status: 204, headers: Object.fromEntries(allowed), body: '' }
  return allowOrigin(reply, headers['origin'])
}

/** A reply that a browser page of another origin may read. */
export function allowOrigin(reply: SentReply, origin: string | undefined): SentReply {
  if (origin === undefined) return reply
  const headers = {
    ...reply.headers,
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-zapsign-mock, www-authenticate',
    vary: 'Origin',
  }
  return { ...reply, headers }
}
