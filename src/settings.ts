import { MESSAGES } from './framework/messages.js'
import { OwnError, show } from './misuse.js'
import { optionEntries } from './option-schemas.js'
import type { ZapSignOptions } from './options.js'
import { INSTANT_FORMS, type Instant, toEpoch } from './state/clock.js'
import { DEMO_USER, type NewUser, type User } from './state/users.js'
import { objectOf, validate } from './validate.js'

const optionsSchema = objectOf(optionEntries)

/** The options with every default filled in, and durations in milliseconds. */
export type Settings = ReturnType<typeof resolveOptions>

/** Checks options and fills in the defaults. Throws what {@link validate} throws. */
export function resolveOptions(options: ZapSignOptions = {}) {
  const { users = [DEMO_USER], now, organizations, ...settings } = validate(optionsSchema, options)
  const ids = organizations && new Set(organizations.map(({ id }) => id))
  for (const [index, user] of users.entries()) assertKnown(user, ids, `users[${index}]`)
  return {
    ...settings,
    messages: MESSAGES[settings.language],
    now: toBase(now),
    /** Whether the clock is stopped until it is moved. */
    isFrozen: now !== undefined && typeof now !== 'function',
    users: numbered(users),
    organizations: ids,
  }
}

/** Throws a `RangeError` for a user of an organization that does not exist. */
export function assertKnown(
  { organizations = [] }: Pick<User, 'organizations'>,
  ids: ReadonlySet<string> | undefined,
  place: string,
): void {
  const at = ids ? organizations.findIndex((id) => !ids.has(id)) : -1
  if (at < 0) return
  const known = [...(ids ?? [])].join(', ') || 'the list is empty'
  throw new RangeError(
    `${place}.organizations[${at}] must be one of the organizations (${known}), got ${show(organizations[at])}`,
  )
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

/** Gives each user without an id the lowest id that is free. */
function numbered(users: readonly NewUser[]): User[] {
  const taken = new Set(users.map((user) => user.id))
  let next = 1
  return users.map(({ id, ...user }) => {
    if (id !== undefined) return { id, ...user }
    while (taken.has(next)) next += 1
    return { id: next++, ...user }
  })
}
