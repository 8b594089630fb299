import type { ZapSign } from '../../src/index.js'
import { isZapSign } from '../options.js'
import { LITERALS } from '../promises.js'
import { exceedLoginAttempts, sendTo } from './login.js'

/**
 * Brings a state about with the parameters that a pact gives it, an object by name. Resolves to the
 * real values that stand for those in the pact. Its type fits `stateHandlers` of Pact's `Verifier`.
 */
type StateHandler = (parameters?: unknown) => Promise<Record<string, string>>

/** The states that pacts with ZapSign may ask for. */
export const STATE_NAMES = [
  'the user can sign in',
  'login attempts are exceeded',
  'the refresh token is valid',
  'the refresh token has expired',
  'the access token is valid',
  'the access token has expired',
] as const

export type StateName = (typeof STATE_NAMES)[number]

/** Whether a state is one of {@link STATE_NAMES}. */
export function isStateName(name: string): name is StateName {
  return (STATE_NAMES as readonly string[]).includes(name)
}

export type StateHandlers = Readonly<Record<StateName, StateHandler>>

/**
 * Handlers that bring the states about in a provider in memory: by their causes (users, failed
 * logins, time), never by forcing an answer. For Pact's own verifier, too. Throws a `TypeError` for
 * what is no provider.
 */
export function createStateHandlers(zapsign: ZapSign): StateHandlers {
  if (!isZapSign(zapsign))
    throw new TypeError('createStateHandlers needs a ZapSign, which createZapSign() returns')

  async function freshPair(parameters: unknown) {
    const { username } = arrangeUser(zapsign, parameters)
    // Rejects where there is no such organization, in words of its own.
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
      const organizationId = text(parameters, 'organizationId')
      const password = `not ${text(values, 'password')}`
      const wrong = { organizationId, username, password }
      await exceedLoginAttempts(sendTo(zapsign), wrong, { most: MOST_IN_MEMORY })
      return {}
    },
    async 'the refresh token is valid'(parameters) {
      const { access, refresh } = await freshPair(parameters)
      // Whatever is obtained by it must be younger, by more than clocks may disagree.
      const left = expiryOf(refresh).getTime() - zapsign.time.now().getTime()
      zapsign.time.advance(`${Math.min(REFRESHED_AFTER, Math.floor(left / 2000))}s`)
      return { refreshToken: refresh, accessToken: access }
    },
    async 'the access token is valid'(parameters) {
      return { accessToken: (await freshPair(parameters)).access }
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

/** As many failed logins as a limit in memory may be set to; one of `false` is never exceeded. */
const MOST_IN_MEMORY = 1000

/** Seconds between a login and the refresh of its tokens. */
const REFRESHED_AFTER = 600

/** Makes sure that a user exists who can sign in with the given password, and with no other. */
function arrangeUser({ users }: ZapSign, parameters: unknown) {
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

/** A parameter, or what the documentation has for it. */
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
