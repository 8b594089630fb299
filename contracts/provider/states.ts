import type { ZapSign } from '../../src/index.js'
import { isZapSign } from '../options.js'
import { LITERALS, promises } from '../promises.js'
import { exceedLoginAttempts, type Login, loginRequest, type Send, sendTo } from './login.js'

/**
 * Sets up a provider state with the parameters that a pact gives it. Resolves to the real values that
 * replace those in the pact. Its type fits `stateHandlers` of Pact's `Verifier`.
 */
export type StateHandler = (parameters?: unknown) => Promise<Record<string, string>>

/** The states that pacts with ZapSign may ask for. */
export const STATE_NAMES = [
  'the user can sign in',
  'login attempts are exceeded',
  'the refresh token is valid',
  'the refresh token has expired',
  'the access token is valid',
  'the access token has expired',
] as const

/** The name of a state that pacts with ZapSign may ask for, such as `the user can sign in`. */
export type StateName = (typeof STATE_NAMES)[number]

/** Whether a state is one of {@link STATE_NAMES}. */
export function isStateName(name: string): name is StateName {
  return (STATE_NAMES as readonly string[]).includes(name)
}

/** A handler for each state. */
export type StateHandlers = Readonly<Record<StateName, StateHandler>>

/**
 * Handlers that set up the provider states in a provider in memory: by their causes (users, failed
 * logins, time), never by forcing an answer. Each makes its state true, whatever happened before. They
 * fit Pact's own `Verifier` too.
 *
 * @throws a `TypeError` when the argument is not a ZapSign
 * @example
 * import { Verifier } from '@pact-foundation/pact'
 * import { createZapSign } from 'zapsign-mock'
 * import { createStateHandlers } from 'zapsign-mock/contracts'
 * import { startServer } from 'zapsign-mock/server'
 *
 * const zapsign = createZapSign()
 * const { url, close } = await startServer({ zapsign })
 * await new Verifier({
 *   providerBaseUrl: url,
 *   pactUrls: ['pacts/billing-ZapSign.json'],
 *   stateHandlers: createStateHandlers(zapsign),
 * }).verifyProvider()
 * await close()
 */
export function createStateHandlers(zapsign: ZapSign): StateHandlers {
  if (!isZapSign(zapsign))
    throw new TypeError('createStateHandlers needs a ZapSign, which createZapSign() returns')
  const handlers = handlersFor(zapsign, sendTo(zapsign))
  return {
    ...handlers,
    async 'the user can sign in'(parameters) {
      const values = await handlers['the user can sign in'](parameters)
      await waitForLoginLimit(zapsign, loginOf(parameters))
      return values
    },
  }
}

/**
 * The handlers for a provider without a past, such as one that was just reset. `send` sends the logins
 * that a state needs.
 */
export function handlersFor(zapsign: ZapSign, send: Send): StateHandlers {
  async function freshPair(parameters: unknown) {
    const { username } = ensureUser(zapsign, parameters)
    zapsign.outcomes.clear()
    // Rejects for an unknown organization.
    return zapsign.issueTokenPair(username, { organization: text(parameters, 'organizationId') })
  }

  return {
    async 'the user can sign in'(parameters) {
      await freshPair(parameters)
      return {}
    },
    async 'login attempts are exceeded'(parameters) {
      const username = text(parameters, 'blockedUsername', 'username')
      const values = { ...valuesOf(parameters), username }
      await freshPair(values)
      const login = loginOf(values)
      const wrong = { ...login, password: `not ${login.password}` }
      await exceedLoginAttempts(send, wrong, { most: MOST_IN_MEMORY })
      return {}
    },
    async 'the refresh token is valid'(parameters) {
      const { access, refresh } = await freshPair(parameters)
      // An access token obtained by it must be younger, by more than clocks may disagree.
      const left = expiryOf(refresh).getTime() - zapsign.time.now().getTime()
      zapsign.time.advance(`${Math.min(REFRESHED_AFTER, Math.floor(left / 2000))}s`)
      return { refreshToken: refresh, accessToken: access }
    },
    async 'the access token is valid'(parameters) {
      const { access, refresh } = await freshPair(parameters)
      return { accessToken: access, refreshToken: refresh }
    },
    async 'the refresh token has expired'(parameters) {
      const { refresh } = await freshPair(parameters)
      zapsign.time.set(expiryOf(refresh))
      return { expiredRefreshToken: refresh }
    },
    async 'the access token has expired'(parameters) {
      const { access } = await freshPair(parameters)
      zapsign.time.set(expiryOf(access))
      return { expiredAccessToken: access }
    },
  }
}

function loginOf(parameters: unknown): Login {
  return {
    organizationId: text(parameters, 'organizationId'),
    username: text(parameters, 'username'),
    password: text(parameters, 'password'),
  }
}

/** Lets time pass until failed logins of before no longer count. */
async function waitForLoginLimit(zapsign: ZapSign, login: Login): Promise<void> {
  const exceeded = promises.rateLimited.reply.status
  for (let seconds = 60; seconds < LONGEST_WINDOW; seconds *= 2) {
    const { status } = await sendTo(zapsign)(loginRequest(login))
    if (status !== exceeded) return
    zapsign.time.advance(`${seconds}s`)
  }
}

/** Seconds: more than a year. */
const LONGEST_WINDOW = 40_000_000

/** Failed logins that are tried in memory, where a limit may be set high. */
const MOST_IN_MEMORY = 1000

/** Seconds between a login and the refresh of its tokens. */
const REFRESHED_AFTER = 600

/** Makes sure that a user exists who can sign in with the given password only. */
function ensureUser({ users }: ZapSign, parameters: unknown) {
  const username = text(parameters, 'username')
  const password = text(parameters, 'password')
  const organizationId = text(parameters, 'organizationId')
  const { organizations } = users.find(username) ?? users.add({ username, password })
  const needsOrganization = organizations && !organizations.includes(organizationId)
  return users.update(username, {
    password,
    active: true,
    ...(needsOrganization && { organizations: [...organizations, organizationId] }),
  })
}

function valuesOf(parameters: unknown): Readonly<Record<string, unknown>> {
  return typeof parameters === 'object' && parameters !== null ? { ...parameters } : {}
}

/** A parameter, or the value in the documentation. */
function text(parameters: unknown, name: keyof typeof LITERALS, instead = name): string {
  const values = valuesOf(parameters)
  const value = values[name] ?? values[instead]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : LITERALS[name]
}

/** The moment from which a token is no longer valid. */
function expiryOf(token: string): Date {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return new Date(payload.exp * 1000)
}
