import type { ExtraClaims } from './claims.js'
import type { Duration } from './duration.js'
import { type Language, MESSAGES } from './framework/messages.js'
import { OwnError, show } from './misuse.js'
import { optionEntries } from './option-schemas.js'
import { INSTANT_FORMS, type Instant, toEpoch } from './state/clock.js'
import { DEMO_USER, type User } from './state/users.js'
import { objectOf, validate } from './validate.js'

/** Someone who can sign in, as options give it: all but `username` and `password` may be left out. */
export type UserOptions = Pick<User, 'username' | 'password'> &
  Partial<Omit<User, 'organizations'>> & { organizations?: readonly (string | number)[] }

/** How many logins are too many. ZapSign publishes no figures; these are the mock's. */
export interface LoginLimitOptions {
  /** Logins that are let through within one window, a million at most. 5 by default. */
  attempts?: number
  /** How long a login counts. `'60s'` by default. */
  window?: Duration
  /** Which logins count: those with wrong credentials (the default), or all. */
  count?: 'failures' | 'all'
  /** Whose logins are counted together: one user's in one organization (the default), one user's, or one organization's. */
  key?: 'username-in-organization' | 'username' | 'organization'
  /** Whether a successful login clears the failures before it. `true` by default. */
  clearedBySuccess?: boolean
}

/** Everything about the provider that a test may want to choose. */
export interface ZapSignOptions {
  /** Who can sign in; the documentation's example user by default. */
  users?: readonly UserOptions[]
  /** The organizations that exist; any, when left out. */
  organizations?: readonly { id: string | number }[]
  /** The secret that signs tokens (HS256), as UTF-8. {@link DEFAULT_SIGNING_KEY} by default. */
  signingKey?: string
  /** `'1h'` by default ("Get access token", ZapSign docs). At least one second. */
  accessLifetime?: Duration
  /** `'1d'` by default ("Get access token", ZapSign docs). At least one second. */
  refreshLifetime?: Duration
  /** Claims to add after the documented ones; ZapSign's tokens have none, not even `iat`. */
  claims?: ExtraClaims
  /** When logins are refused as too many; `false` never does. */
  loginLimit?: false | LoginLimitOptions
  /** The status of a protected endpoint's refusal: ZapSign's pages say both. 401 by default. */
  unauthorizedStatus?: 401 | 403
  /** The language of validation messages. `'en'` by default. */
  language?: Language
  /** ZapSign's static API tokens, accepted on protected endpoints besides access tokens. */
  apiTokens?: readonly string[]
  /** The time: a function is asked for it, anything else stands still. The system clock by default. */
  now?: Instant | (() => Instant)
  /** Makes `jti` claims repeatable. */
  seed?: number | string
  /** Whether `console.warn` tells of calls that are one step from right, each kind once. `true` by default. */
  warnings?: boolean
  /** How many journal entries are kept. 1,000 by default. */
  journalSize?: number
}

const optionsSchema = objectOf(optionEntries)

/** The options with every default filled in, durations in milliseconds. */
export type Settings = ReturnType<typeof resolveOptions>

/** Checks options and fills in the defaults. Throws what {@link validate} throws. */
export function resolveOptions(options: ZapSignOptions = {}) {
  const { users = [DEMO_USER], now, organizations, ...settings } = validate(optionsSchema, options)
  const ids = organizations && new Set(organizations.map(({ id }) => id))
  refuseStrangers(users, ids)
  return {
    ...settings,
    messages: MESSAGES[settings.language],
    now: toBase(now),
    users: numbered(users),
    organizations: ids,
  }
}

/** A user of an organization that does not exist could sign in to none. */
function refuseStrangers(
  users: readonly Pick<User, 'organizations'>[],
  ids: ReadonlySet<string> | undefined,
): void {
  for (const [index, { organizations = [] }] of users.entries()) {
    const at = ids ? organizations.findIndex((id) => !ids.has(id)) : -1
    if (at < 0) continue
    const known = [...(ids ?? [])].join(', ') || 'none'
    throw new RangeError(
      `users[${index}].organizations[${at}] must be one of the organizations (${known}), got ${show(organizations[at])}`,
    )
  }
}

function toBase(now: number | (() => Instant) | undefined): (() => number) | undefined {
  if (typeof now !== 'function') return now === undefined ? undefined : () => now
  return () => {
    const instant = now()
    const epoch = toEpoch(instant)
    if (epoch === undefined)
      throw new OwnError(`now() must return ${INSTANT_FORMS}, got ${show(instant)}`)
    return epoch
  }
}

/** Gives each user without an id the lowest that is free. */
function numbered(users: readonly (Omit<User, 'id'> & { id?: number | undefined })[]): User[] {
  const taken = new Set(users.map((user) => user.id))
  let next = 1
  return users.map(({ id, ...user }) => {
    if (id !== undefined) return { id, ...user }
    while (taken.has(next)) next += 1
    return { id: next++, ...user }
  })
}
