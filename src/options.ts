import * as v from 'valibot'
import { type Claims, DOCUMENTED_CLAIMS, type ExtraClaims } from './claims.js'
import { INSTANT_FORMS, type Instant, toEpoch } from './clock.js'
import { DURATION_FORMS, type Duration, toMilliseconds } from './duration.js'
import { LANGUAGES, type Language, MESSAGES } from './framework/messages.js'
import { MOST_ATTEMPTS } from './login-limit.js'
import { isPlainObject, OwnError, show } from './misuse.js'
import { strip } from './python/text.js'
import { DEMO_USER, type User } from './users.js'
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

/** A key for tests, known to everybody: what it signs proves nothing. */
export const DEFAULT_SIGNING_KEY = 'zapsign-mock: a signing key for tests, known to everybody'

/** A whole number not below `least`, nor above `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range =
    most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} upwards`
  const accepted = `a whole number ${range}`
  return v.pipe(
    v.number(accepted),
    v.safeInteger(accepted),
    v.minValue(least, accepted),
    v.maxValue(most, accepted),
  )
}

const TEXT_FORMS =
  'a string with no white space at its ends, which the provider trims, nothing that it refuses (NUL, lone surrogates), and not empty'

/** Text that passes the provider's validation as it is: no user could sign in with any other. */
const credential = v.pipe(
  v.string('a string'),
  v.check((text) => text !== '' && strip(text) === text && isSendable(text), TEXT_FORMS),
)

/** Whether a text holds nothing that JSON or a URL could carry only in name. */
function isSendable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text)
}

const boolean = v.boolean('true or false')

const duration = (least: number, accepted: string, most = Number.POSITIVE_INFINITY) =>
  v.pipe(
    v.union([v.number(), v.string()], accepted),
    v.check((value) => {
      const milliseconds = toMilliseconds(value) ?? -1
      return milliseconds >= least && milliseconds <= most
    }, accepted),
    v.transform((value) => toMilliseconds(value) ?? 0),
  )

const LONGEST_LIFETIME = toMilliseconds('36500d') ?? 0

const LIFETIME_FORMS = `${DURATION_FORMS}, from 1 second to 36500 days`

const lifetime = duration(1000, LIFETIME_FORMS, LONGEST_LIFETIME)

const ORGANIZATION_FORMS =
  'an organization id such as "11111": a segment of a path, without white space'

/** An organization's id as options give it. */
export const organizationId = v.pipe(
  v.union([v.string(), v.number()], ORGANIZATION_FORMS),
  v.transform(String),
  v.regex(/^(?!\.{1,2}$)[^/\s]+$/, ORGANIZATION_FORMS),
  v.check(
    (id) => isSendable(id) && !['NaN', 'Infinity', '-Infinity'].includes(id),
    ORGANIZATION_FORMS,
  ),
)

const list = <const S extends v.GenericSchema>(schema: S, of: string) =>
  v.array(schema, `a list of ${of}`)

const user = objectOf({
  id: v.optional(wholeNumber(1)),
  username: credential,
  password: credential,
  active: v.optional(boolean, true),
  organizations: v.optional(
    v.pipe(
      list(organizationId, 'organization ids'),
      v.minLength(1, 'a list of one organization id at least; left out, it is any'),
    ),
  ),
  firstName: v.optional(v.string('a string')),
  lastName: v.optional(v.string('a string')),
})

/** Refuses the second of two items that share what must tell them apart. */
const unique = <K extends string, T extends { [key in K]?: unknown }>(key: K, what: string) =>
  v.rawCheck<T[]>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const seen = new Set()
    for (const [index, item] of dataset.value.entries()) {
      const value = item[key]
      if (value !== undefined && seen.has(value)) {
        addIssue({
          message: `different for every ${what}`,
          input: value,
          path: [
            { type: 'array', origin: 'value', input: dataset.value, key: index, value: item },
            { type: 'object', origin: 'value', input: item, key, value },
          ],
        })
        return
      }
      seen.add(value)
    }
  })

const users = v.pipe(
  list(user, 'users'),
  v.minLength(1, 'a list of one user at least'),
  unique('username', 'user'),
  unique('id', 'user'),
)

const organizations = v.pipe(
  list(objectOf({ id: organizationId }), 'organizations, each { id }'),
  unique('id', 'organization'),
)

const loginLimitEntries = {
  attempts: v.optional(wholeNumber(1, MOST_ATTEMPTS), 5),
  window: v.optional(duration(1, `${DURATION_FORMS}, longer than 0`), '60s'),
  count: v.optional(v.picklist(['failures', 'all'], '"failures" or "all"'), 'failures'),
  key: v.optional(
    v.picklist(
      ['username-in-organization', 'username', 'organization'],
      '"username-in-organization", "username" or "organization"',
    ),
    'username-in-organization',
  ),
  clearedBySuccess: v.optional(boolean, true),
}

const loginLimit = objectOf(loginLimitEntries)

const LIMIT_FORMS = `false, or an object with the keys ${Object.keys(loginLimitEntries).join(', ')}`

const isFunction = <F>(value: unknown): value is F => typeof value === 'function'

const CLAIMS_FORMS = `an object of claims other than ${DOCUMENTED_CLAIMS.join(', ')}, or a function that returns one`

const claims = v.union(
  [
    v.custom<Extract<ExtraClaims, (...args: never[]) => unknown>>(isFunction),
    v.pipe(
      v.custom<Claims>(isPlainObject, CLAIMS_FORMS),
      v.check((extra) => DOCUMENTED_CLAIMS.every((name) => !(name in extra)), CLAIMS_FORMS),
    ),
  ],
  CLAIMS_FORMS,
)

const NOW_FORMS = `${INSTANT_FORMS}, or a function that returns one`

const instant = v.pipe(
  v.union([v.date(), v.string(), v.number()], NOW_FORMS),
  v.check((value) => toEpoch(value) !== undefined, NOW_FORMS),
  v.transform((value) => toEpoch(value) ?? 0),
)

/** What makes random things repeatable. */
export const seed = v.union([v.number(), v.string()], 'a number or a string')

/** The options as one schema: whatever is not given has its default in the output. */
export const optionEntries = {
  users: v.optional(users),
  organizations: v.optional(organizations),
  signingKey: v.optional(
    v.pipe(v.string('a string'), v.nonEmpty('a string that is not empty')),
    DEFAULT_SIGNING_KEY,
  ),
  accessLifetime: v.optional(lifetime, '1h'),
  refreshLifetime: v.optional(lifetime, '1d'),
  claims: v.optional(claims),
  loginLimit: v.optional(
    v.lazy((input) => (isPlainObject(input) ? loginLimit : v.literal(false, LIMIT_FORMS))),
    {},
  ),
  unauthorizedStatus: v.optional(v.picklist([401, 403], '401 or 403'), 401),
  language: v.optional(v.picklist(LANGUAGES, `one of ${LANGUAGES.join(', ')}`), 'en'),
  apiTokens: v.optional(
    list(
      v.pipe(v.string('a string'), v.regex(/^\S+$/, 'a string without white space')),
      'API tokens',
    ),
    [],
  ),
  now: v.optional(
    v.lazy((input) =>
      isFunction<() => Instant>(input) ? v.custom<() => Instant>(isFunction) : instant,
    ),
  ),
  seed: v.optional(seed),
  warnings: v.optional(boolean, true),
  journalSize: v.optional(wholeNumber(0), 1000),
}

const optionsSchema = objectOf(optionEntries)

/** The most milliseconds that a timer can wait: `setTimeout` takes more for 1. */
const LONGEST_WAIT = 2 ** 31 - 1

const LATENCY_FORMS = `${DURATION_FORMS}, 24 days at most`

/** How long a face holds replies back; not at all when it is left out. */
export const latency = v.optional(duration(0, LATENCY_FORMS, LONGEST_WAIT), 0)

/** The milliseconds of the option `latency`. Throws what {@link validate} throws. */
export function latencyOf(value: Duration | undefined): number {
  return validate(objectOf({ latency }), { latency: value }).latency
}

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
