import * as v from 'valibot'
import { GRANTS, type Outcome } from './answer.js'
import { SOURCES } from './api.js'
import { misuse, show } from './misuse.js'
import { outcomeSchema, pairSchema, userChangesSchema, userSchema } from './option-schemas.js'
import { OUTCOME_NAMES, type OutcomeName, WITH_RETRY_AFTER } from './outcomes.js'
import { REFUSAL_NAMES } from './refusals.js'
import { assertKnown, type Settings } from './settings.js'
import type { EntryFilter } from './state/journal.js'
import type { OutcomeOptions } from './state/outcomes.js'
import type { NewUser, UserChanges } from './state/users.js'
import type { Lifetimes } from './tokens.js'
import { type NamePlace, objectOf, validate } from './validate.js'

// The one place that checks what callers hand in, in this process or through another one.
// Each function throws a `TypeError` or a `RangeError` that names the place, the value and what is
// accepted; never the value of a password.

const inUser: NamePlace = (path) => (path ? `user.${path}` : 'user')

/** Checks a user to add. */
export function checkUser(input: unknown, { organizations }: Settings): NewUser {
  const user = validate(userSchema, input, inUser)
  assertKnown(user, organizations, 'user')
  return user
}

/** Checks changes to a user. */
export function checkUserChanges(input: unknown, { organizations }: Settings): UserChanges {
  const changes = validate(userChangesSchema, input, inUser)
  assertKnown(changes, organizations, 'user')
  return changes
}

/** Checks an outcome to force. */
export function checkOutcome(
  name: unknown,
  options: unknown,
): { outcome: OutcomeName; options: OutcomeOptions } {
  const outcome = OUTCOME_NAMES.find((one) => one === name)
  if (!outcome) throw misuse('outcome', name, `one of ${OUTCOME_NAMES.join(', ')}`)
  const checked = validate(outcomeSchema, options)
  const canWait = WITH_RETRY_AFTER.some((one) => one === outcome)
  if (checked.retryAfter !== undefined && !canWait)
    throw new RangeError(
      `retryAfter applies only to ${WITH_RETRY_AFTER.join(', ')}; the outcome is ${outcome}`,
    )
  return { outcome, options: checked }
}

/** Checks the options of a token pair. Lifetimes become milliseconds. */
export function checkPairOptions(input: unknown): {
  organization?: string | undefined
  lifetimes: Partial<Lifetimes>
} {
  const { organization, ...lifetimes } = validate(pairSchema, input)
  const given = Object.entries(lifetimes).filter(([, value]) => value !== undefined)
  return { organization, lifetimes: Object.fromEntries(given) }
}

const OUTCOMES: readonly Outcome[] = [
  ...new Set<Outcome>([...GRANTS, ...REFUSAL_NAMES, ...OUTCOME_NAMES]),
]

const text = v.optional(v.string('a string'))
const number = v.optional(v.number('a number'))
const count = v.optional(
  v.pipe(
    v.number('a whole number from 0 upwards'),
    v.check((value) => Number.isSafeInteger(value) && value >= 0, 'a whole number from 0 upwards'),
  ),
)

/** A journal filter. */
export const filterEntries = {
  username: text,
  outcome: v.optional(v.picklist(OUTCOMES, `one of ${OUTCOMES.join(', ')}`)),
  status: number,
  path: text,
  since: count,
  limit: count,
  source: v.optional(v.picklist(SOURCES, `one of ${SOURCES.join(', ')}`)),
  method: text,
  time: text,
  duration: number,
  id: number,
  reason: text,
  hint: text,
  password: text,
}

const filterSchema = objectOf(filterEntries)

/** Checks a journal filter: an outcome's name or values. A typo is not taken for "no such entry". */
export function checkFilter(input: unknown): EntryFilter {
  const given = typeof input === 'string' ? { outcome: input } : input
  return validate(filterSchema, given, (path) => path || 'filter')
}

/** Checks a journal listener. */
export function checkListener(listener: unknown): asserts listener is (entry: never) => void {
  if (typeof listener !== 'function')
    throw new TypeError(`journal.subscribe() takes a function, got ${show(listener)}`)
}
