import * as v from 'valibot'
import { BASES, type Basis } from '../api.js'
import { digest, randomHex } from '../digest.js'
import { show } from '../misuse.js'
import { GRANTS, type Outcome, REFUSAL_NAMES } from '../refusals.js'
import { objectOf, validate } from '../validate.js'
import { OUTCOME_NAMES } from './outcomes.js'

const OUTCOMES: readonly Outcome[] = [
  ...new Set<Outcome>([...GRANTS, ...REFUSAL_NAMES, ...OUTCOME_NAMES]),
]

/** What became of one request. It never holds a password or a token. */
export interface JournalEntry {
  /** The provider's time, as ISO 8601. */
  time: string
  method: string
  path: string
  /** 0 when no answer went out (`connectionReset`, `timeout`). */
  status: number
  /** What was granted (`authenticated`, `refreshed`, …), refused (`invalidCredentials`, …) or forced. */
  outcome: Outcome
  basis: Basis
  /** The user name of a login, as the provider trimmed it. */
  username?: string
  /** Real milliseconds that the provider took. */
  duration: number
  /** When the request was one step from right: that step. */
  nearMiss?: string
}

/** Entries that have all the given values; `password` compares the password that was sent. */
export type JournalFilter = Partial<JournalEntry> & { password?: string }

/** What was asked and answered, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[]
  /**
   * How many entries there are that match a filter: an outcome, values, or a test of one's own.
   * Throws a `TypeError` or a `RangeError` for a key or an outcome that no entry can have.
   *
   * @example
   * zapsign.journal.count('rateLimited')
   * zapsign.journal.count({ status: 401, username: 'dev@example.com.br' })
   */
  count(filter?: Outcome | JournalFilter | ((entry: JournalEntry) => boolean)): number
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

/** @param size How many entries are kept. */
export function createJournal(size: number): WritableJournal {
  const entries: JournalEntry[] = []
  const digests = new WeakMap<JournalEntry, string>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  const salt = randomHex(16)
  let dropped = 0

  const hasPassword = (entry: JournalEntry, password: string) =>
    digests.get(entry) === digest(salt + password)

  return {
    entries,
    get dropped() {
      return dropped
    },
    hasPassword,
    count: (filter = {}) => entries.filter(toTest(filter, hasPassword)).length,
    subscribe(listener) {
      if (typeof listener !== 'function')
        throw new TypeError(`journal.subscribe takes a function, got ${show(listener)}`)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      entries.length = 0
      dropped = 0
    },
    add(given, password) {
      const entry = Object.freeze(given)
      if (password !== undefined) digests.set(entry, digest(salt + password))
      entries.push(entry)
      if (entries.length > size) dropped += entries.splice(0, entries.length - size).length
      for (const listener of listeners) tell(listener, entry)
    },
  }
}

/** A listener's mistake is its own: it is thrown where no caller waits for a reply. */
function tell(listener: (entry: JournalEntry) => void, entry: JournalEntry): void {
  try {
    listener(entry)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Checks a filter, so that a typo is not taken for a call that never came. */
function toTest(
  filter: unknown,
  hasPassword: Journal['hasPassword'],
): (entry: JournalEntry) => boolean {
  if (typeof filter === 'function') return filter as (entry: JournalEntry) => boolean
  const given = typeof filter === 'string' ? { outcome: filter } : filter
  const { password, ...values } = validate(filterSchema, given, (path) => path || 'a filter')
  const wanted = Object.entries(values).filter(([, value]) => value !== undefined)
  return (entry) =>
    (password === undefined || hasPassword(entry, password)) &&
    wanted.every(([name, value]) => entry[name as keyof JournalEntry] === value)
}

const text = v.optional(v.string('a string'))
const number = v.optional(v.number('a number'))

const filterSchema = objectOf({
  time: text,
  method: text,
  path: text,
  status: number,
  outcome: v.optional(v.picklist(OUTCOMES, `one of ${OUTCOMES.join(', ')}`)),
  basis: v.optional(v.picklist(BASES, `one of ${BASES.join(', ')}`)),
  username: text,
  duration: number,
  nearMiss: text,
  password: text,
})
