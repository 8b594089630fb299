import type { Outcome } from '../answer.js'
import type { Source } from '../api.js'
import { digest, randomHex } from '../digest.js'

/** One request and what became of it. It never holds a password or a token. */
export interface JournalEntry {
  /** Counts from 1 for each provider, also after `clear`. */
  readonly id: number
  /** The provider's time, as ISO 8601. */
  readonly time: string
  readonly method: string
  readonly path: string
  /** 0 when no reply was sent (`connectionReset`, `timeout`). */
  readonly status: number
  /** A success (`authenticated`, `refreshed`, …), an error response (`invalidCredentials`, …) or a forced outcome. */
  readonly outcome: Outcome
  readonly source: Source
  /** The user name of a login, trimmed as the provider does it. */
  readonly username?: string
  /** Why a login was refused: `wrong password`, `unknown user`, … The reply never says it. */
  readonly reason?: string
  /** How to correct a request that is one step from right. */
  readonly hint?: string
  /** Real milliseconds that the provider took. */
  readonly duration: number
}

/** An entry before it is numbered. */
export type NewEntry = Omit<JournalEntry, 'id'>

/** A filter that has been checked. */
export interface EntryFilter extends Partial<JournalEntry> {
  /** Compared with the password that was sent. */
  password?: string | undefined
  /** Only entries with a higher id. */
  since?: number | undefined
  /** Only the newest of the entries that match. */
  limit?: number | undefined
}

export interface EntryLog {
  readonly entries: readonly JournalEntry[]
  /** The number of entries that were dropped because the log was full. */
  readonly dropped: number
  add(entry: NewEntry, password?: string): JournalEntry
  find(filter: EntryFilter | ((entry: JournalEntry) => boolean)): JournalEntry[]
  hasPassword(entry: JournalEntry, password: string): boolean
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clear(): void
}

/** @param size The number of entries that are kept. */
export function createEntryLog(size: number): EntryLog {
  const entries: JournalEntry[] = []
  const digests = new WeakMap<JournalEntry, string>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  let salt: string | undefined
  let dropped = 0
  let lastId = 0

  function salted(password: string): string {
    // Drawn when it is first needed: some runtimes have no random values while modules load.
    salt ??= randomHex(16)
    return digest(salt + password)
  }

  const hasPassword = (entry: JournalEntry, password: string) => {
    const known = digests.get(entry)
    return known !== undefined && known === salted(password)
  }

  return {
    entries,
    get dropped() {
      return dropped
    },
    hasPassword,
    find(filter) {
      if (typeof filter === 'function') return entries.filter(filter)
      const { password, since = 0, limit, ...values } = filter
      const wanted = Object.entries(values).filter(([, value]) => value !== undefined)
      const found = entries.filter(
        (entry) =>
          entry.id > since &&
          wanted.every(([name, value]) => entry[name as keyof JournalEntry] === value) &&
          (password === undefined || hasPassword(entry, password)),
      )
      return limit === undefined ? found : found.slice(Math.max(0, found.length - limit))
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
      const entry = Object.freeze({ id: ++lastId, ...given })
      if (password !== undefined) digests.set(entry, salted(password))
      entries.push(entry)
      if (entries.length > size) dropped += entries.splice(0, entries.length - size).length
      for (const listener of listeners) notify(listener, entry)
      return entry
    },
  }
}

/** A listener's error must not keep a caller waiting: it is thrown in a task of its own. */
function notify(listener: (entry: JournalEntry) => void, entry: JournalEntry): void {
  try {
    listener(entry)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
