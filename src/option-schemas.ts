import * as v from 'valibot'
import { type Claims, DOCUMENTED_CLAIMS, type ExtraClaims } from './claims.js'
import { DURATION_FORMS, toMilliseconds } from './duration.js'
import { LANGUAGES } from './framework/messages.js'
import { isPlainObject } from './misuse.js'
import { strip } from './python/text.js'
import { INSTANT_FORMS, type Instant, toEpoch } from './state/clock.js'
import { MOST_ATTEMPTS } from './state/login-limit.js'
import { DEFAULT_SIGNING_KEY } from './tokens.js'
import { objectOf } from './validate.js'

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

/** The most milliseconds that a timer can wait: `setTimeout` takes more for 1. */
const LONGEST_WAIT = 2 ** 31 - 1

const LATENCY_FORMS = `${DURATION_FORMS}, 24 days at most`

/** How long a face holds replies back; not at all when it is left out. */
export const latency = v.optional(duration(0, LATENCY_FORMS, LONGEST_WAIT), 0)
