import { digest } from '../digest.js'

/** When logins are too many. */
export interface LoginLimitRule {
  attempts: number
  /** Milliseconds. */
  window: number
  count: 'failures' | 'all'
  key: 'username-in-organization' | 'username' | 'organization'
  clearedBySuccess: boolean
}

/** Who tries to sign in, and to what. */
interface LoginAttempt {
  username: string
  organizationId: string
}

export interface LoginLimit {
  /** Whether the next login is one too many. */
  isReached(attempt: LoginAttempt): boolean
  /** Counts a login that was let through. */
  record(attempt: LoginAttempt, outcome: { succeeded: boolean }): void
  clear(): void
}

/** The most attempts that a rule may allow: so many times are kept for a name. */
export const MOST_ATTEMPTS = 1_000_000

/** How many names' recent logins are remembered, and how many logins of all; the longest quiet are forgotten first. */
const MOST = { names: 10_000, logins: MOST_ATTEMPTS }

/** As long as an e-mail address and an organization's id can be, with room to spare. */
const MOST_CHARACTERS = 400

const UNLIMITED: LoginLimit = { isReached: () => false, record() {}, clear() {} }

/**
 * A sliding window, as Django REST framework's throttles are: logins that were refused as too many do
 * not count themselves, so the way is free again once the window has passed.
 */
export function createLoginLimit(rule: LoginLimitRule | false, now: () => Date): LoginLimit {
  if (!rule) return UNLIMITED
  const { attempts, window, count, clearedBySuccess } = rule
  /** By name, the times of its last logins, in order; no more than `attempts` of them. */
  const times = new Map<string, number[]>()
  let logins = 0

  function forget(key: string): void {
    logins -= times.get(key)?.length ?? 0
    times.delete(key)
  }

  return {
    isReached(attempt) {
      const present = now().getTime()
      const known = times.get(keyOf(rule, attempt)) ?? []
      if (known.length < attempts) return false
      const [first = 0, last = 0] = [known[0], known.at(-1)]
      // Those after a clock that was set back are not in the window.
      return last <= present && present - first < window
    },
    record(attempt, { succeeded }) {
      const key = keyOf(rule, attempt)
      if (succeeded && count === 'failures') {
        if (clearedBySuccess) forget(key)
        return
      }
      const present = now().getTime()
      const known = times.get(key) ?? []
      forget(key)
      while ((known.at(-1) ?? present) > present) known.pop()
      known.push(present)
      if (known.length > attempts) known.shift()
      times.set(key, known)
      logins += known.length
      for (const oldest of times.keys()) {
        if (times.size <= MOST.names && logins <= MOST.logins) break
        forget(oldest)
      }
    },
    clear() {
      times.clear()
      logins = 0
    },
  }
}

function keyOf({ key }: LoginLimitRule, { username, organizationId }: LoginAttempt): string {
  if (key === 'username') return shorten(username)
  if (key === 'organization') return shorten(organizationId)
  return shorten(`${organizationId}/${username}`)
}

/** Long names are known by a digest, so that nobody fills the memory with them. */
function shorten(name: string): string {
  return name.length > MOST_CHARACTERS ? digest(name) : name
}
