import type { Outcome } from '../answer.js'
import { checkFilter, checkListener } from '../checks.js'
import type { EntryFilter, JournalEntry } from '../state/journal.js'
import type { MemoryStore } from '../state/memory-store.js'

/** A filter, or its short forms: the name of an outcome, or a function. */
type AnyFilter = Outcome | EntryFilter | ((entry: JournalEntry) => boolean)

/** The requests that the provider answered, oldest first. */
export interface Journal {
  /** The newest `journalSize` entries. */
  readonly entries: readonly JournalEntry[]
  /**
   * The entries that match a filter, oldest first.
   *
   * @param filter What they must have: values, the name of an outcome, or a function. @default all entries
   * @throws a `TypeError` or a `RangeError` for a key or an outcome that no entry can have
   * @example
   * zapsign.journal.find({ status: 401, limit: 1 })
   */
  find(filter?: AnyFilter): JournalEntry[]
  /**
   * The number of entries that match a filter.
   *
   * @throws as `find` does
   * @example
   * zapsign.journal.count('rateLimited')
   * zapsign.journal.count({ status: 401, username: 'dev@example.com.br' })
   */
  count(filter?: AnyFilter): number
  /** The number of entries that were dropped because the journal was full. */
  readonly dropped: number
  /** Whether a login was tried with this password. The journal keeps a salted digest only. */
  hasPassword(entry: JournalEntry, password: string): boolean
  /**
   * Calls `listener` with each new entry until the returned function is called.
   *
   * @throws a `TypeError` unless `listener` is a function
   */
  subscribe(listener: (entry: JournalEntry) => void): () => void
  /** Forgets all entries. */
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
