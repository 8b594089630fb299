import type { Basis } from './api.js'
import { digest, randomHex } from './digest.js'

/** What became of one request. It never holds a password or a token. */
export interface JournalEntry {
  /** The provider's time, as ISO 8601. */
  time: string
  method: string
  path: string
  /** 0 when no answer went out (`connectionReset`, `timeout`). */
  status: number
  /** What was granted (`authenticated`, `refreshed`, …), refused (`invalidCredentials`, …) or forced. */
  outcome: string
  basis: Basis
  /** The user name of a login, as the provider trimmed it. */
  username?: string
  /** Real milliseconds that the answer took. */
  duration: number
  /** When the request was one step from right: that step. */
  nearMiss?: string
}

/** Entries that have all the given values; `password` compares the password that was sent. */
export type JournalFilter = Partial<JournalEntry> & { password?: string }

/** What was asked and answered, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[]
  /** How many entries there are that match a filter: values, or a test of one's own. */
  count(filter?: JournalFilter | ((entry: JournalEntry) => boolean)): number
  /** How many entries gave way to newer ones, the journal being bounded. */
  readonly dropped: number
  /**
   * Whether a login was tried with this password. Passwords are not kept: a salted digest is.
   */
  hasPassword(entry: JournalEntry, password: string): boolean
  /** Calls `listener` with every new entry, until the function that is returned is called. */
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clear(): void
}

export interface WritableJournal extends Journal {
  add(entry: JournalEntry, password?: string): void
}

/** Longer names and paths are cut: the journal is read by people. */
const MOST_CHARACTERS = 254

/** @param size How many entries are kept. */
export function createJournal(size: number): WritableJournal {
  const entries: JournalEntry[] = []
  const digests = new WeakMap<JournalEntry, string>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  const salt = randomHex(16)
  let dropped = 0

  const hasPassword = (entry: JournalEntry, password: string) =>
    digests.get(entry) === digest(salt + password)

  function matches(entry: JournalEntry, { password, ...values }: JournalFilter): boolean {
    if (password !== undefined && !hasPassword(entry, password)) return false
    return Object.entries(values).every(
      ([name, value]) => entry[name as keyof JournalEntry] === value,
    )
  }

  return {
    entries,
    get dropped() {
      return dropped
    },
    hasPassword,
    count(filter = {}) {
      const test =
        typeof filter === 'function' ? filter : (entry: JournalEntry) => matches(entry, filter)
      return entries.filter(test).length
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      entries.length = 0
      dropped = 0
    },
    add(given, password) {
      const entry: JournalEntry = Object.freeze({
        ...given,
        path: shorten(given.path),
        ...(given.username !== undefined && { username: shorten(given.username) }),
      })
      if (password !== undefined) digests.set(entry, digest(salt + password))
      entries.push(entry)
      if (entries.length > size) dropped += entries.splice(0, entries.length - size).length
      for (const listener of listeners) listener(entry)
    },
  }
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  return `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)`
}
