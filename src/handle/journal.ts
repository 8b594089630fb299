import type { Outcome } from '../answer.js'
import { checkFilter, checkListener } from '../checks.js'
import type { EntryFilter, JournalEntry } from '../state/journal.js'
import type { MemoryStore } from '../state/memory-store.js'

/**
 * Values that an entry must have: `username`, `outcome`, `status`, `path` (exact), … `since` is an id:
 * only later entries match. `limit` keeps the newest entries. `password` is compared with the password
 * that was sent.
 */
export type JournalFilter = EntryFilter

/** A filter, or its short forms: the name of an outcome, or a function. */
type AnyFilter = Outcome | JournalFilter | ((entry: JournalEntry) => boolean)

/** The requests that the provider answered, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[]
  /**
   * The entries that match a filter, oldest first. Throws a `TypeError` or a `RangeError` for a key or
   * an outcome that no entry can have.
   *
   * @example
   * zapsign.journal.find({ status: 401, limit: 1 })
   */
  find(filter?: AnyFilter): JournalEntry[]
  /**
   * The number of entries that match a filter. Throws as `find` does.
   *
   * @example
   * zapsign.journal.count('rateLimited')
   * zapsign.journal.count({ status: 401, username: 'dev@example.com.br' })
   */
  count(filter?: AnyFilter): number
  /** The number of entries that were dropped because the journal was full. */
  readonly dropped: number
  /** Whether a login was tried with this password. The journal keeps a salted digest only. */
  hasPassword(entry: JournalEntry, password: string): boolean
  /** Calls `listener` with each new entry until the returned function is called. */
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clear(): void
}

export function createJournalHandle({ entryLog }: MemoryStore): Journal {
  const find = (filter: AnyFilter = {}) =>
    entryLog.find(typeof filter === 'function' ? filter : checkFilter(filter))

  return {
    get entries() {
      return entryLog.entries
    },
    find,
    count: (filter) => find(filter).length,
    get dropped() {
      return entryLog.dropped
    },
    hasPassword: entryLog.hasPassword,
    subscribe(listener) {
      checkListener(listener)
      return entryLog.subscribe(listener)
    },
    clear: entryLog.clear,
  }
}
