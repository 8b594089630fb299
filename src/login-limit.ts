import { digest } from './digest.js'

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
export interface LoginAttempt {
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

/** How many users' recent logins are remembered; the longest quiet are forgotten first. */
const MOST_KEYS = 10_000

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
  const times = new Map<string, number[]>()

  /** Times in the window. Those after a clock that was set back are not in it. */
  function recent(key: string): number[] {
    const present = now().getTime()
    return (times.get(key) ?? []).filter((time) => time <= present && present - time < window)
  }

  return {
    isReached: (attempt) => recent(keyOf(rule, attempt)).length >= attempts,
    record(attempt, { succeeded }) {
      const key = keyOf(rule, attempt)
      if (succeeded && count === 'failures') {
        if (clearedBySuccess) times.delete(key)
        return
      }
      const counted = [...recent(key), now().getTime()]
      times.delete(key)
      times.set(key, counted)
      const [oldest] = times.keys()
      if (times.size > MOST_KEYS && oldest !== undefined) times.delete(oldest)
    },
    clear: () => times.clear(),
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
