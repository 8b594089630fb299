import { type Api, type Credentials, type Tokens, unexpected } from './api.js'
import { InvalidCredentials, RateLimited, UnexpectedReply } from './errors.js'
import type { Call } from './transport.js'

export interface SessionOptions {
  api: Api
  credentials: Credentials
  /** Milliseconds of any clock that never jumps. */
  now?: () => number
}

/** A token is renewed this long before it expires: it must still work when the request arrives. */
const MARGIN = 30_000

/** The pause after a login was refused because there were too many. No other login is sent in it. */
const COOL_DOWN = 60_000

/** A user who is signed in: signs in, refreshes and repeats a call when it has to. */
export function createSession({ api, credentials, now = () => performance.now() }: SessionOptions) {
  let tokens: (Tokens & { renewAt: number }) | undefined
  let renewal: Promise<string> | undefined
  let refusal: { error: Error; until: number } | undefined

  async function request(call: Omit<Call, 'access'>) {
    const access = await accessToken()
    const first = await api.call({ ...call, access })
    if (first.kind === 'authorized') return first.reply
    // Another call may have renewed the token while this one was on its way.
    if (tokens?.access === access) tokens.renewAt = 0
    const second = await api.call({ ...call, access: await accessToken() })
    if (second.kind === 'authorized') return second.reply
    throw new UnexpectedReply('ZapSign does not accept a token that it has just sent')
  }

  /** All calls that need a new token at the same time wait for one request. */
  function accessToken(): Promise<string> {
    if (tokens && now() < tokens.renewAt) return Promise.resolve(tokens.access)
    renewal ??= renew().finally(() => {
      renewal = undefined
    })
    return renewal
  }

  async function renew(): Promise<string> {
    const refreshed = tokens && (await api.refresh(tokens.refresh))
    if (tokens && refreshed?.kind === 'refreshed') return keep({ ...tokens, ...refreshed })
    tokens = undefined
    return keep(await signIn())
  }

  function keep(given: Tokens): string {
    const margin = Math.min(MARGIN, given.lifetime / 10)
    tokens = { ...given, renewAt: now() + given.lifetime - margin }
    return given.access
  }

  async function signIn(): Promise<Tokens> {
    if (refusal && now() < refusal.until) throw refusal.error
    const login = await api.obtainToken(credentials)
    if (login.kind === 'authenticated') return login
    refusal =
      login.kind === 'rateLimited'
        ? { error: new RateLimited('Too many logins have failed'), until: now() + COOL_DOWN }
        : {
            // The same password stays wrong. A login for each call would lock the account.
            error: new InvalidCredentials('The user name or the password is wrong'),
            until: Number.POSITIVE_INFINITY,
          }
    throw refusal.error
  }

  return {
    request,

    /** All documents, page by page. */
    async *documents(): AsyncGenerator<unknown> {
      let path: string | undefined = '/docs/?page=1'
      while (path) {
        const reply = await request({ method: 'GET', path })
        const { results, next } = reply.body
        if (reply.status !== 200 || !Array.isArray(results)) throw unexpected('the list', reply)
        yield* results
        // The link is http, and perhaps on another host: an access token must not go there.
        path = typeof next === 'string' ? `/docs/${new URL(next).search}` : undefined
      }
    },
  }
}
