import { digest } from '../digest.js'

/** What the login limit counts, and how many it allows within a window. */
export interface LoginLimitRule {
  attempts: number
  /** Milliseconds. */
  window: number
  count: 'failures' | 'all'
  key: 'username-in-organization' | 'username' | 'organization'
  clearedBySuccess: boolean
}

/** The user name and the organization of a login. */
export interface LoginName {
  username: string
  organizationId: string
}

export interface LoginAttempt extends LoginName {
  /** Whether the credentials are right. */
  succeeded: boolean
  /** The provider's time, in milliseconds since 1970. */
  now: number
}

export type LoginDecision =
  | { isAllowed: true; until?: never }
  /** @property until The provider's time in milliseconds since 1970 from which a login is allowed again. */
  | { isAllowed: false; until: number }

/** A name whose next login is refused. A rule that counts by one of the two leaves out the other. */
export interface Lock extends Partial<LoginName> {
  until: number
}

export interface LoginLimit {
  /** Decides whether a login is allowed, and counts it, in one step. */
  attempt(attempt: LoginAttempt): LoginDecision
  /** @param now The provider's time, in milliseconds since 1970. */
  locks(now: number): Lock[]
  /** Forgets the logins that count for a name. Returns whether there were any. */
  unlock(name: LoginName): boolean
  clear(): void
}

/** The highest number of attempts that a rule may allow: as many times are kept for one name. */
export const MOST_ATTEMPTS = 1_000_000

/** The limit is exact for this many names, the ones with the most recent logins, and this many logins in all. */
const MOST = { names: 10_000, logins: MOST_ATTEMPTS }

/** Longer than an e-mail address and an organization id together can be. */
const MOST_CHARACTERS = 400

const ALLOWED: LoginDecision = { isAllowed: true }

const UNLIMITED: LoginLimit = {
  attempt: () => ALLOWED,
  locks: () => [],
  unlock: () => false,
  clear() {},
}

interface Counted extends Partial<LoginName> {
  /** The times of the last logins, in order: no more than the rule's `attempts`. */
  times: number[]
}

/**
 * A sliding window, as in Django REST framework's throttles. A login that the limit refuses does
 * not count itself, so logins are allowed again as soon as the window has passed.
 */
export function createLoginLimit(rule: LoginLimitRule | false): LoginLimit {
  return rule ? createWindow(rule) : UNLIMITED
}

function createWindow(rule: LoginLimitRule): LoginLimit {
  const { attempts, window, count, clearedBySuccess } = rule
  const counted = new Map<string, Counted>()
  let logins = 0

  function forget(key: string): boolean {
    logins -= counted.get(key)?.times.length ?? 0
    return counted.delete(key)
  }

  /** The end of the lock, or `undefined` where the next login is allowed. */
  function lockedUntil(times: readonly number[], now: number): number | undefined {
    if (times.length < attempts) return undefined
    const [first = 0, last = 0] = [times[0], times.at(-1)]
    // After the clock was set back, later logins are outside the window.
    return last <= now && now - first < window ? first + window : undefined
  }

  function record(key: string, name: LoginName, now: number): void {
    const times = counted.get(key)?.times ?? []
    forget(key)
    while ((times.at(-1) ?? now) > now) times.pop()
    times.push(now)
    if (times.length > attempts) times.shift()
    counted.set(key, { ...countedName(rule, name), times })
    logins += times.length
    for (const oldest of counted.keys()) {
      if (counted.size <= MOST.names && logins <= MOST.logins) break
      forget(oldest)
    }
  }

  return {
    attempt({ username, organizationId, succeeded, now }) {
      const name = { username, organizationId }
      const key = keyOf(rule, name)
      const until = lockedUntil(counted.get(key)?.times ?? [], now)
      if (until !== undefined) return { isAllowed: false, until }
      if (!succeeded || count === 'all') record(key, name, now)
      else if (clearedBySuccess) forget(key)
      return ALLOWED
    },
    locks: (now) =>
      [...counted.values()].flatMap(({ times, ...name }) => {
        const until = lockedUntil(times, now)
        return until === undefined ? [] : [{ ...name, until }]
      }),
    unlock: (name) => forget(keyOf(rule, name)),
    clear() {
      counted.clear()
      logins = 0
    },
  }
}

/** The part of a name that a rule counts by. */
function countedName({ key }: LoginLimitRule, { username, organizationId }: LoginName) {
  return {
    ...(key !== 'organization' && { username: abbreviate(username) }),
    ...(key !== 'username' && { organizationId: abbreviate(organizationId) }),
  }
}

/** What a rule counts a login by. */
export function keyOf(rule: LoginLimitRule, name: LoginName): string {
  const { username, organizationId } = name
  if (rule.key === 'username') return abbreviate(username)
  if (rule.key === 'organization') return abbreviate(organizationId)
  return abbreviate(`${organizationId}/${username}`)
}

/** A long name is replaced by its digest, so that long names cannot fill the memory. */
function abbreviate(name: string): string {
  return name.length > MOST_CHARACTERS ? digest(name) : name
}
