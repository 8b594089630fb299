import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ZapSign } from '../../src/index.js'
import { forward, type SentReply } from '../http.js'
import { LITERALS } from '../promises.js'
import { exceedLoginAttempts, type Send, sendTo, signIn } from './login.js'
import { createStateHandlers, type StateHandlers, type StateName } from './states.js'

/** A provider under verification, wherever it is. */
export interface Provider {
  /** Handlers that bring states about; what they need to ask the provider, they send so. */
  statesWith(send: Send): StateHandlers
  /** Forgets what an interaction left behind, where that can be done. */
  reset(): void
  send: Send
  /** The provider's time when it replied, in seconds since 1970. */
  timeOf(reply: SentReply): number
  /** Why the cause of a state is not brought about here: then it is not asked for. */
  whyNot(state: StateName): string | undefined
  /** Why a state was only stood in for: what is kept then proves less than it seems. */
  whyOnlyInPart(state: StateName): string | undefined
  /** What must not be printed: passwords, and every token that came. */
  secrets: Set<string>
}

/** A provider in memory: every cause can be brought about. It is reset before each interaction. */
export function providerInMemory(zapsign: ZapSign): Provider {
  return {
    statesWith: () => createStateHandlers(zapsign),
    reset: () => zapsign.reset(),
    send: sendTo(zapsign),
    timeOf: () => zapsign.time.now().getTime() / 1000,
    whyNot: () => undefined,
    whyOnlyInPart: () => undefined,
    secrets: new Set(),
  }
}

/** How to sign in at a provider that is somewhere else. */
export interface Credentials {
  organizationId: string
  username: string
  password: string
  wrongPassword: string
}

const RATE_LIMIT: StateName = 'login attempts are exceeded'

/** A token signed with a key of nobody's, which any provider must refuse. */
function forge(tokenType: 'access' | 'refresh'): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    token_type: tokenType,
    exp: 4_102_444_800,
    jti: '0'.repeat(32),
    user_id: 1,
    company_id: 1,
    type: 'public',
  }
  const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', 'a key of nobody’s').update(signed).digest('base64url')}`
}

/**
 * Milliseconds after which a token must expire later than one of before: `exp` is in whole seconds. A
 * state lasts so long where a refresh is to give something fresh.
 */
const MORE_THAN_A_SECOND = 1100

/** A provider at a URL. Its tokens are obtained by signing in; none that has expired can be had. */
export function providerAt(
  baseUrl: string,
  credentials: Credentials,
  { includeRateLimit }: { includeRateLimit: boolean },
): Provider {
  const { organizationId, username, password, wrongPassword } = credentials

  const send: Send = (request) => forward(baseUrl, request)
  const secrets = new Set([password, wrongPassword])
  // What stands in the documentation is no secret.
  for (const literal of Object.values(LITERALS)) secrets.delete(literal)

  async function freshPair(send: Send) {
    const { access, refresh } = await signIn(send, { organizationId, username, password })
    return { accessToken: access, refreshToken: refresh }
  }

  return {
    statesWith: (send) => ({
      'the user can sign in': async () => ({ organizationId, username, password, wrongPassword }),
      async 'login attempts are exceeded'() {
        await exceedLoginAttempts(send, { organizationId, username, password: wrongPassword })
        return { organizationId, blockedUsername: username, username, password }
      },
      async 'the refresh token is valid'() {
        const pair = await freshPair(send)
        await wait(MORE_THAN_A_SECOND)
        return pair
      },
      'the access token is valid': () => freshPair(send),
      'the refresh token has expired': async () => ({ expiredRefreshToken: forge('refresh') }),
      'the access token has expired': async () => ({ expiredAccessToken: forge('access') }),
    }),
    reset() {},
    send,
    timeOf: ({ headers }) => (Date.parse(headers['date'] ?? '') || Date.now()) / 1000,
    whyNot: (state) =>
      state === RATE_LIMIT && !includeRateLimit
        ? 'it locks the account: includeRateLimit (--include-rate-limit) asks for it all the same'
        : undefined,
    whyOnlyInPart: (state) =>
      state.endsWith('has expired')
        ? 'no token that has expired can be had here; one signed with a foreign key was refused as specified'
        : undefined,
    secrets,
  }
}
