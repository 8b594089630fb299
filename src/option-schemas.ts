import * as v from 'valibot'
import {
  areBounded,
  CLAIM_LIMITS,
  type Claims,
  DOCUMENTED_CLAIMS,
  type ExtraClaims,
} from './claims.js'
import {
  DURATION_FORMS,
  type Duration,
  toMilliseconds,
  toSignedMilliseconds,
  unitAdvice,
} from './duration.js'
import { LANGUAGES } from './framework/messages.js'
import { LATENCY_FORMS, type Latency, LONGEST_WAIT, readLatency } from './latency.js'
import { isPlainObject } from './misuse.js'
import type { LoginLimitOptions, UserOptions, ZapSignOptions } from './options.js'
import { ARRIVAL_OUTCOMES, type ArrivalOutcome } from './outcomes.js'
import { strip } from './python/text.js'
import { INSTANT_FORMS, type Instant, toEpoch } from './state/clock.js'
import type { FaultRate } from './state/faults.js'
import { MOST_ATTEMPTS } from './state/login-limit.js'
import type { OutcomeOptions } from './state/outcomes.js'
import { DEFAULT_SIGNING_KEY } from './tokens.js'
import { objectOf } from './validate.js'

/** A whole number from `least` to `most`. */
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

/** One schema for each key of an options type. A key that only one of the two has does not compile. */
export type EntriesFor<O> = { readonly [K in keyof O]-?: v.GenericSchema<O[K], unknown> }

const TEXT_FORMS =
  'a string that is not empty, has no white space at its ends, no NUL and no lone surrogate'

/** Text that passes the provider's validation unchanged. No user could sign in with any other text. */
const credential = v.pipe(
  v.string('a string'),
  v.check((text) => text !== '' && strip(text) === text && isSendable(text), TEXT_FORMS),
)

/** Whether JSON and a URL can carry a text, and the provider accepts it. */
function isSendable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text)
}

const boolean = v.boolean('true or false')

const isText = (value: unknown) => typeof value === 'string'

const withAdvice = (accepted: string) => (issue: { input: unknown }) =>
  accepted + unitAdvice(issue.input)

/** A duration from `least` to `most` milliseconds. */
const duration = (least: number, accepted: string, most = Number.POSITIVE_INFINITY) =>
  v.pipe(
    v.custom<Duration>(isText, withAdvice(accepted)),
    v.check((value) => {
      const milliseconds = toSignedMilliseconds(value) ?? Number.NaN
      return milliseconds >= least && milliseconds <= most
    }, withAdvice(accepted)),
    v.transform((value) => toSignedMilliseconds(value) ?? 0),
  )

/** A duration that is not negative. Its output is the text. */
export const durationText = v.pipe(
  v.custom<Duration>(isText, withAdvice(DURATION_FORMS)),
  v.check((value) => toMilliseconds(value) !== undefined, withAdvice(DURATION_FORMS)),
)

const LONGEST_LIFETIME = toMilliseconds('36500d') ?? 0

const LIFETIME_FORMS = `${DURATION_FORMS}, from 1 second to 36500 days`

const lifetime = duration(1000, LIFETIME_FORMS, LONGEST_LIFETIME)

const ORGANIZATION_FORMS =
  'an organization id such as "11111": a segment of a path, without white space'

/** An organization's id as options give it. */
const organizationId = v.pipe(
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

const ownOrganizations = v.pipe(
  list(organizationId, 'organization ids'),
  v.minLength(1, 'a list with at least one organization id. Leave it out for any organization'),
)

/** A user as options give it. */
export const userEntries = {
  id: v.optional(wholeNumber(1)),
  username: credential,
  password: credential,
  active: v.optional(boolean, true),
  organizations: v.optional(ownOrganizations),
  firstName: v.optional(v.string('a string')),
  lastName: v.optional(v.string('a string')),
} satisfies EntriesFor<UserOptions>

/** The schema of a user. */
export const userSchema = objectOf(userEntries)

/** Changes to a user: any property but the id. */
export const userChangesEntries = {
  username: v.optional(credential),
  password: v.optional(credential),
  active: v.optional(boolean),
  organizations: v.optional(ownOrganizations),
  firstName: userEntries.firstName,
  lastName: userEntries.lastName,
} satisfies EntriesFor<Partial<Omit<UserOptions, 'id'>>>

/** The schema of changes to a user. */
export const userChangesSchema = objectOf(userChangesEntries)

/** Refuses the second of two items with the same value of a key. */
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
  list(userSchema, 'users'),
  v.minLength(1, 'a list with at least one user'),
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
} satisfies EntriesFor<LoginLimitOptions>

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
      v.check(areBounded, `an object with ${CLAIM_LIMITS}`),
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

/** Makes random values repeatable. */
export const seed = v.union([v.number(), v.string()], 'a number or a string')

const RATE_FORMS = 'a rate from 0 to 1'

const rate = v.optional(
  v.pipe(v.number(RATE_FORMS), v.minValue(0, RATE_FORMS), v.maxValue(1, RATE_FORMS)),
)

const rates = Object.fromEntries(ARRIVAL_OUTCOMES.map((name) => [name, rate])) as Readonly<
  Record<ArrivalOutcome, typeof rate>
>

const faultRate = v.pipe(
  objectOf(rates satisfies EntriesFor<FaultRate>),
  v.check(
    (rates) => Object.values(rates).reduce((sum, one = 0) => sum + one, 0) <= 1 + 1e-9,
    'rates with a sum of at most 1',
  ),
)

/** The options of a provider. The output has the default of each option that is not given. */
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
  faultRate: v.optional(faultRate),
} satisfies EntriesFor<ZapSignOptions>

const ROUTE_DELAY_FORMS = `${DURATION_FORMS}, up to 24 days`

/** How long an adapter holds each reply back. @default not at all */
export const latency = v.optional(
  v.pipe(
    v.custom<Latency>(isText, withAdvice(LATENCY_FORMS)),
    v.check((value) => readLatency(value) !== undefined, withAdvice(LATENCY_FORMS)),
    v.transform((value) => readLatency(value) ?? (() => 0)),
  ),
  '0ms',
)

/** The delay of a reply of a user's route. */
export const routeDelay = v.optional(
  v.pipe(
    v.custom<Duration>(isText, withAdvice(ROUTE_DELAY_FORMS)),
    v.check(
      (value) => (toMilliseconds(value) ?? -1) >= 0 && (toMilliseconds(value) ?? 0) <= LONGEST_WAIT,
      withAdvice(ROUTE_DELAY_FORMS),
    ),
  ),
)

const signedLifetime = v.optional(
  duration(
    -LONGEST_LIFETIME,
    `${DURATION_FORMS}; "-1s" for a token that has expired`,
    LONGEST_LIFETIME,
  ),
)

/** The options of `issueTokenPair`. */
export const pairEntries = {
  organization: v.optional(organizationId),
  accessLifetime: signedLifetime,
  refreshLifetime: signedLifetime,
}

/** The schema of the options of `issueTokenPair`. */
export const pairSchema = objectOf(pairEntries)

const TIMES = 'a whole number from 1 upwards, or Infinity'

const ENDPOINTS = '"obtain", "refresh" or a path such as "/api/v1/docs/"'

/** The options of `outcomes.next`. */
export const outcomeEntries = {
  times: v.optional(
    v.pipe(
      v.number(TIMES),
      v.check((times) => Number.isSafeInteger(times) || times === Number.POSITIVE_INFINITY, TIMES),
      v.minValue(1, TIMES),
    ),
    1,
  ),
  endpoint: v.optional(
    v.pipe(
      v.string(ENDPOINTS),
      v.check((text) => /^(?:obtain|refresh|\/\S*)$/.test(text), ENDPOINTS),
    ),
  ),
  username: v.optional(v.pipe(v.string('a user name'), v.nonEmpty('a user name'))),
  retryAfter: v.optional(durationText),
} satisfies EntriesFor<OutcomeOptions>

/** The schema of the options of `outcomes.next`. */
export const outcomeSchema = objectOf(outcomeEntries)
