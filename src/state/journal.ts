import type { Outcome } from '../answer.js'
import type { Source } from '../api.js'
import { digest } from '../digest.js'
import { createRandomHex } from '../random-hex.js'
import type { Passwords } from '../secrets.js'

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

/** An entry before it is numbered. Nobody may ever read it, so its time is not yet a text. */
export interface NewEntry
  extends Omit<JournalEntry, 'id' | 'time' | 'username' | 'reason' | 'hint'> {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly username?: string | undefined
  readonly reason?: string | undefined
  readonly hint?: string | undefined
}

/**
 * Values that an entry must have: `username`, `outcome`, `status`, `path` (exact), …
 *
 * @example
 * zapsign.journal.find({ status: 401, path: '/api/v1/docs/', limit: 1 })
 */
export interface EntryFilter extends Partial<JournalEntry> {
  /** Compared with the password that was sent: the journal keeps a salted digest only. */
  password?: string | undefined
  /** An id: only later entries match. */
  since?: number | undefined
  /** Only the newest of the entries that match. */
  limit?: number | undefined
}

export interface EntryLog {
  readonly entries: readonly JournalEntry[]
  /** The number of entries that were dropped because the log was full. */
  readonly dropped: number
  add(entry: NewEntry, password?: string): { readonly id: number }
  find(filter: EntryFilter | ((entry: JournalEntry) => boolean)): JournalEntry[]
  hasPassword(entry: JournalEntry, password: string): boolean
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clear(): void
}

interface Kept {
  readonly id: number
  readonly given: NewEntry
  /** A configured password, or the salted digest of any other. */
  readonly password?: { readonly own: string } | { readonly digest: string } | undefined
  /** Created when somebody reads it. */
  entry?: JournalEntry
}

/** Entries are dropped this many at a time: dropping each one by itself would move all others. */
const SPARE = 256

/**
 * @param size The number of entries that are kept.
 * @param passwords Those of the users: an entry may refer to one, and has a digest of any other.
 */
export function createEntryLog(size: number, passwords?: Passwords): EntryLog {
  const kept: Kept[] = []
  const sources = new WeakMap<JournalEntry, Kept>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  const randomHex = createRandomHex()
  let salt: string | undefined
  let added = 0
  let lastId = 0

  function salted(password: string): string {
    salt ??= randomHex(32)
    return digest(salt + password)
  }

  function protect(password: string): Kept['password'] {
    const own = passwords?.find(password)
    return own === undefined ? { digest: salted(password) } : { own }
  }

  function toEntry(source: Kept): JournalEntry {
    if (source.entry) return source.entry
    const { id, given } = source
    const time = new Date(given.time).toISOString()
    const entry = Object.freeze(withoutUndefined({ id, ...given, time }))
    sources.set(entry, source)
    source.entry = entry
    return entry
  }

  const entries = () => kept.slice(Math.max(0, kept.length - size)).map(toEntry)

  const hasPassword = (entry: JournalEntry, password: string) => {
    const known = sources.get(entry)?.password
    if (!known) return false
    return 'own' in known ? known.own === password : known.digest === salted(password)
  }

  return {
    get entries() {
      return entries()
    },
    get dropped() {
      return Math.max(0, added - size)
    },
    hasPassword,
    find(filter) {
      if (typeof filter === 'function') return entries().filter(filter)
      return selectEntries(entries(), filter, hasPassword)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      kept.length = 0
      added = 0
    },
    add(given, password) {
      const source: Kept = {
        id: ++lastId,
        given,
        password: password === undefined ? undefined : protect(password),
      }
      added += 1
      kept.push(source)
      if (kept.length > size + SPARE) kept.splice(0, kept.length - size)
      for (const listener of listeners) notify(listener, toEntry(source))
      return source
    },
  }
}

/** An entry has only the properties that apply to its request. */
function withoutUndefined(entry: object): JournalEntry {
  const given = Object.entries(entry).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as unknown as JournalEntry
}

/** The entries that match a filter that has been checked. */
export function selectEntries(
  entries: readonly JournalEntry[],
  { password, since = 0, limit, ...values }: EntryFilter,
  hasPassword: (entry: JournalEntry, password: string) => boolean,
): JournalEntry[] {
  const wanted = Object.entries(values).filter(([, value]) => value !== undefined)
  const found = entries.filter(
    (entry) =>
      entry.id > since &&
      wanted.every(([name, value]) => entry[name as keyof JournalEntry] === value) &&
      (password === undefined || hasPassword(entry, password)),
  )
  return limit === undefined ? found : found.slice(Math.max(0, found.length - limit))
}

/** A listener's error must not delay the caller: it is thrown in a separate task. */
function notify(listener: (entry: JournalEntry) => void, entry: JournalEntry): void {
  try {
    listener(entry)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
