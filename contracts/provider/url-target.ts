import { LITERALS } from '../promises.js'
import { forgeToken } from './forge-token.js'
import { type HttpReply, sendRequest } from './http-client.js'
import { exceedLoginAttempts, type Send, signIn } from './login.js'
import { callStatesUrl } from './provider-states-url.js'
import { isStateName, type StateName } from './states.js'
import type { StateSetUp, Target } from './target.js'
import type { ReplyTime } from './token-faults.js'

/** How to sign in at a provider that is somewhere else. */
interface Credentials {
  organizationId: string
  username: string
  password: string
  wrongPassword: string
}

/** A provider at a URL. */
export interface UrlTargetOptions {
  baseUrl: string
  credentials: Credentials
  /** Headers that are added to every request that has no header of that name, by lower-case names. */
  headers: Readonly<Record<string, string>>
  includeRateLimit: boolean
  /** Where provider states are set up, as Pact's verifiers do. */
  providerStatesUrl?: string
  /** Waits for a number of milliseconds. */
  wait(milliseconds: number): Promise<unknown>
}

const RATE_LIMIT: StateName = 'login attempts are exceeded'

/** Milliseconds after which a refreshed token must live longer than the one of the login: see `isStale`. */
const REFRESHED_AFTER = 2200

async function freshPair(send: Send, login: Credentials) {
  const { access, refresh } = await signIn(send, login)
  return { accessToken: access, refreshToken: refresh }
}

type Values = Readonly<Record<string, string>>

/** A provider at a URL. Tokens are obtained by signing in; an expired one only from `providerStatesUrl`. */
export function urlTarget(options: UrlTargetOptions): Target {
  const { baseUrl, credentials, headers, includeRateLimit, providerStatesUrl, wait } = options
  const callStates = callStatesUrl(providerStatesUrl)

  async function ownSetUp(state: StateName, given: Values, send: Send): Promise<StateSetUp> {
    const login = { ...credentials, ...given }
    switch (state) {
      case 'the user can sign in':
        return { values: login }
      case 'login attempts are exceeded': {
        const username = given['blockedUsername'] ?? login.username
        await exceedLoginAttempts(send, { ...login, username, password: login.wrongPassword })
        return { values: { ...login, username, blockedUsername: username } }
      }
      case 'the access token is valid':
        return { values: given['accessToken'] ? given : await freshPair(send, login) }
      case 'the refresh token is valid': {
        if (given['refreshToken']) return { values: given }
        const pair = await freshPair(send, login)
        await wait(REFRESHED_AFTER)
        return { values: pair }
      }
      case 'the refresh token has expired':
        return expired(given, 'expiredRefreshToken', 'refresh')
      case 'the access token has expired':
        return expired(given, 'expiredAccessToken', 'access')
    }
  }

  function expired(given: Values, name: string, type: 'access' | 'refresh'): StateSetUp {
    if (given[name]) return { values: given }
    const caveat = providerStatesUrl
      ? `${NO_EXPIRED_TOKEN_GIVEN} ${name}: ${FORGED}`
      : NO_EXPIRED_TOKEN
    return { values: { ...given, [name]: forgeToken(type) }, caveat }
  }

  return {
    send: (request) =>
      sendRequest(baseUrl, { ...request, headers: { ...headers, ...request.headers } }),
    timeOf,
    reset() {},
    repeatsTokenIds: false,
    knows: (state) => isStateName(state) || providerStatesUrl !== undefined,
    whyNot: (state) => (state === RATE_LIMIT && !includeRateLimit ? LOCKS_THE_ACCOUNT : undefined),
    async setUp(state, send) {
      const given = await callStates('setup', state)
      return isStateName(state.name) ? ownSetUp(state.name, given, send) : { values: given }
    },
    async tearDown(state) {
      await callStates('teardown', state)
    },
    secrets: secretsOf(options),
  }
}

const LOCKS_THE_ACCOUNT = 'it locks the account; includeRateLimit (--include-rate-limit) checks it'
const FORGED = 'a token signed with an unknown key was refused as specified'
const NO_EXPIRED_TOKEN = `an expired token cannot be obtained here without providerStatesUrl (--provider-states-url); ${FORGED}`
const NO_EXPIRED_TOKEN_GIVEN = 'the provider states URL returned no'

function timeOf(reply?: HttpReply): ReplyTime {
  const now = Date.now()
  const date = Date.parse(reply?.headers['date'] ?? '') || now
  return { time: date / 1000, dateOffset: (date - now) / 1000 }
}

function secretsOf({ credentials, headers }: UrlTargetOptions): Set<string> {
  const { password, wrongPassword } = credentials
  const secrets = new Set([password, wrongPassword, ...Object.values(headers)])
  // The values in the documentation are not secret.
  for (const literal of Object.values(LITERALS)) secrets.delete(literal)
  return secrets
}
