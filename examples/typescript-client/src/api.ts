import { UnexpectedReply } from './errors.js'
import { type Call, createTransport, type Reply, type TransportOptions } from './transport.js'

export interface Credentials {
  organizationId: string
  username: string
  password: string
}

export interface Tokens {
  access: string
  refresh: string
  /** Milliseconds that the access token works. */
  lifetime: number
}

export type Login =
  | ({ kind: 'authenticated' } & Tokens)
  | { kind: 'invalidCredentials' | 'rateLimited' }
export type Refresh = ({ kind: 'refreshed' } & Omit<Tokens, 'refresh'>) | { kind: 'refreshRefused' }
export type Protected = { kind: 'authorized'; reply: Reply } | { kind: 'expired' }

/** ZapSign's endpoints, one request each. It keeps nothing. */
export function createApi(options: TransportOptions) {
  const send = createTransport(options)

  return {
    async obtainToken({ organizationId, username, password }: Credentials): Promise<Login> {
      const path = `/auth/token/${encodeURIComponent(organizationId)}/`
      const reply = await post(path, { username, password })
      if (reply.status === 200) {
        const refresh = tokenOf(reply, 'refresh')
        return { kind: 'authenticated', refresh, ...accessOf(reply) }
      }
      if (reply.status === 401) return { kind: 'invalidCredentials' }
      // A request with a mistake is a 400, too.
      if (reply.status === 400 && reply.body['message'] === 'Rate limit exceeded')
        return { kind: 'rateLimited' }
      throw unexpected('the login', reply)
    },

    async refresh(refresh: string): Promise<Refresh> {
      const reply = await post('/auth/token-refresh/', { refresh })
      if (reply.status === 200) return { kind: 'refreshed', ...accessOf(reply) }
      if (reply.status === 401) return { kind: 'refreshRefused' }
      throw unexpected('the refresh', reply)
    },

    /** Resolves to any reply but that to an access token that no longer works. */
    async call(call: Call & { access: string }): Promise<Protected> {
      const reply = await send(call)
      // ZapSign's pages show 401 and 403 for an expired token. The code tells it from other refusals.
      if (reply.status === 401 || reply.body['code'] === 'token_not_valid')
        return { kind: 'expired' }
      return { kind: 'authorized', reply }
    },
  }

  /** Both requests that get a token only get another one when they are repeated. */
  function post(path: string, body: object): Promise<Reply> {
    return send({ method: 'POST', path, body, isRepeatable: true })
  }
}

export type Api = ReturnType<typeof createApi>

export function unexpected(what: string, { status }: Reply): UnexpectedReply {
  return new UnexpectedReply(`ZapSign answered ${what} with ${status}`)
}

/**
 * The lifetime is the time from the reply's date to the token's `exp`: both are ZapSign's time, so a wrong
 * clock on this machine does not matter.
 */
function accessOf(reply: Reply): Omit<Tokens, 'refresh'> {
  const access = tokenOf(reply, 'access')
  return { access, lifetime: expiry(access) - (reply.date ?? Date.now()) }
}

function tokenOf({ body }: Reply, name: string): string {
  const token = body[name]
  if (typeof token === 'string' && token.split('.').length === 3) return token
  throw new UnexpectedReply(`ZapSign sent no ${name} token`)
}

/** The `exp` claim in milliseconds. Only ZapSign has the key, so a client does not check the signature. */
function expiry(token: string): number {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    if (Number.isInteger(exp)) return exp * 1000
  } catch {
    // As a token without the claim.
  }
  throw new UnexpectedReply('ZapSign sent a token without an expiry')
}
