import { createHash, randomBytes } from 'node:crypto'
import {
  createFaults,
  createTokenIds,
  type EntryFilter,
  type JournalEntry,
  type KnownUser,
  keyOf,
  type LoginLimitRule,
  OUTCOMES,
  type OutcomeName,
  type OutcomeTarget,
  type PendingOutcome,
  type Store,
  StoreError,
  type StoreSettings,
  selectEntries,
  type TakenOutcome,
  toMilliseconds,
  type UserConflict,
} from '../../src/internal.js'
import { type Connection, type ConnectionHooks, connect } from './connection.js'
import { createPasswords } from './passwords.js'
import type { CreateClient } from './redis-client.js'
import type { Run } from './run.js'
import { addStored, type StoredUser, type StoredUsers, updateStored } from './users.js'

/** Seconds after which a store that nobody uses is gone. */
const EXPIRY = 7 * 24 * 3600

/** Milliseconds between two extensions of the expiry. */
const TOUCH = 3600_000

/** The version of users that are not there. */
const NO_VERSION = '0'

/** The login limit is exact for this many names: those with the most recent logins. */
const MOST_NAMES = 10_000

/** Hears what happens to the store. */
export interface RedisStoreHooks extends ConnectionHooks {
  /** Redis came back empty, and its configured users were written again. */
  onRestored?(): void
  /** This process has recorded a request. */
  onRecorded?(entry: JournalEntry): void
}

export interface RedisStoreOptions extends RedisStoreHooks {
  /** Such as `redis://127.0.0.1:6379`. */
  url: string
  /** Begins every key. */
  prefix: string
  /** What mocks with the same prefix must agree on. */
  fingerprint: string
}

export interface RedisStore extends Store {
  /** Whether this process created the state. */
  readonly isNew: boolean
  /** Rejects with a {@link StoreError} while Redis cannot be reached. */
  check(): Promise<void>
  close(): void
}

type Change<R> = { users: StoredUsers; result: R } | { conflict: UserConflict } | undefined

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * State in Redis or Valkey, shared by all mocks with one prefix. Rejects with a {@link StoreError} when
 * Redis cannot be reached, or a mock with other settings uses the prefix.
 */
export async function createRedisStore(
  settings: StoreSettings,
  { url, prefix, fingerprint, onRestored, onRecorded, ...hooks }: RedisStoreOptions,
  createClient: CreateClient,
): Promise<RedisStore> {
  let salt = ''
  const digest = (text: string) => sha256(salt + text)
  const passwords = createPasswords(digest)
  let users: StoredUsers = { list: [], nextId: 1 }
  let byName = new Map<string, StoredUser>()
  let byId = new Map<string, StoredUser>()
  let version = ''
  let released = new AbortController()
  let touched = Date.now()
  /** The requests for which no outcome was pending when they arrived. */
  const withoutOutcome = new WeakSet<OutcomeTarget>()
  const listeners = new Set<(entry: JournalEntry) => void>()
  const digests = new WeakMap<JournalEntry, string>()
  const ids = createTokenIds(undefined)
  const faults = createFaults(settings.faultRate, settings.seed)
  const base = () => (settings.now ? { base: settings.now() } : {})
  const rule: LoginLimitRule | false = settings.loginLimit

  const configured = (digestOf: (password: string) => string) =>
    JSON.stringify({
      list: settings.users.map(({ password, ...user }) => ({
        ...user,
        digest: digestOf(password),
      })),
      nextId: 1,
    })

  /** Finds the state there is, or creates it. */
  async function enter(run: Run): Promise<boolean> {
    const own = randomBytes(16).toString('hex')
    const text = configured((password) => sha256(own + password))
    const answer = await run('open', { settings: fingerprint, salt: own, text, expiry: EXPIRY })
    if (answer['mismatch'])
      throw new StoreError(
        `a mock with other settings uses the store's prefix ${prefix}: give this mock another one`,
      )
    salt = String(answer['salt'])
    for (const { password } of settings.users) passwords.know(password)
    await loadUsers(run)
    return Boolean(answer['created'])
  }

  async function loadUsers(run: Run = connection.run): Promise<void> {
    const answer = await run('users')
    users = JSON.parse(String(answer['text'] ?? '{"list":[],"nextId":1}'))
    version = String(answer['version'])
    byName = new Map(users.list.map((user) => [user.username, user]))
    byId = new Map(users.list.map((user) => [String(user.id), user]))
    passwords.replace(users.list.map((user) => user.digest))
  }

  /** Changes the users; starts again when another process has changed them meanwhile. */
  async function change<R>(step: () => Change<R>): Promise<R | UserConflict | undefined> {
    for (;;) {
      await loadUsers()
      const changed = step()
      if (!changed) return undefined
      if ('conflict' in changed) return changed.conflict
      const { done } = await run('setUsers', { version, text: JSON.stringify(changed.users) })
      if (done) {
        await loadUsers()
        return changed.result
      }
    }
  }

  function toTarget(target: OutcomeTarget | undefined) {
    if (!target) return {}
    const { username, userId } = target.user()
    const name = username ?? (userId === undefined ? undefined : byId.get(userId)?.username)
    return { target: { name: target.name, paths: target.paths, username: name } }
  }

  function toTaken<N extends OutcomeName>(
    pending: PendingOutcome | undefined,
  ): TakenOutcome<N> | undefined {
    if (!pending) return undefined
    const milliseconds = toMilliseconds(pending.retryAfter)
    const retryAfter = milliseconds === undefined ? undefined : Math.ceil(milliseconds / 1000)
    return { outcome: pending.outcome, retryAfter, released: released.signal } as TakenOutcome<N>
  }

  const memberOf = (name: { username: string; organizationId: string }) =>
    rule ? digest(keyOf(rule, name)) : ''

  const limit = () => ({
    ...Object(rule),
    cleared: Object(rule).clearedBySuccess,
    expiry: EXPIRY,
    most: MOST_NAMES,
  })

  function toEntry(text: string): JournalEntry {
    const space = text.indexOf(' ')
    const { password, ...given } = JSON.parse(text.slice(space + 1))
    const time = new Date(given.time).toISOString()
    const entry = Object.freeze({ id: Number(text.slice(0, space)), ...given, time })
    if (password !== undefined) digests.set(entry, password)
    return entry
  }

  const hasPassword = (entry: JournalEntry, password: string) =>
    digests.get(entry) === digest(password)

  const withoutDigest = ({ digest: _, ...user }: StoredUser): KnownUser => user

  const nowOf = async (operation: string, args = {}) =>
    Number((await run(operation, { ...base(), ...args }))['now'])

  let isCreated = false
  const connection: Connection = await connect(
    {
      ...hooks,
      url,
      prefix,
      async enter(run) {
        isCreated = await enter(run)
      },
      onBack() {
        hooks.onBack?.()
        if (isCreated) onRestored?.()
      },
      channels: {
        entries(text) {
          if (listeners.size === 0) return
          const entry = toEntry(text)
          for (const listen of listeners) listen(entry)
        },
        // A request notices a change by its version. Other readers rely on this message.
        changed: () => void loadUsers().catch(() => {}),
        cleared() {
          released.abort()
          released = new AbortController()
        },
      },
    },
    createClient,
  )
  const { run, close } = connection
  const isNew = isCreated

  /** The keys are gone although the connection was not: they were flushed, evicted or have expired. */
  async function restore(): Promise<void> {
    if (await enter(run)) onRestored?.()
  }

  return {
    isNew,
    async arrive(target) {
      const answer = await run('arrive', { ...base(), ...toTarget(target) })
      if (target && !answer['isPending']) withoutOutcome.add(target)
      if (answer['version'] === NO_VERSION) await restore()
      else if (answer['version'] !== version) await loadUsers()
      if (Date.now() - touched > TOUCH) {
        touched = Date.now()
        await run('touch', { expiry: EXPIRY })
      }
      return {
        now: Number(answer['now']),
        forced: toTaken(answer['outcome']) ?? (target && faults?.draw()),
      }
    },
    async takeForCredentials(target) {
      if (withoutOutcome.has(target)) return undefined
      return toTaken((await run('take', toTarget(target)))['outcome'])
    },
    async attemptLogin({ username, organizationId, succeeded, now }) {
      if (!rule) return { isAllowed: true }
      const name = {
        ...(rule.key !== 'organization' && {
          username: byName.has(username) ? username : '(unknown)',
        }),
        ...(rule.key !== 'username' && { organizationId }),
      }
      const member = memberOf({ username, organizationId })
      const attempt = { ...base(), ...limit(), member, name, succeeded, now }
      const answer = await run('attempt', attempt)
      return answer['until'] === undefined
        ? { isAllowed: true }
        : { isAllowed: false, until: Number(answer['until']) }
    },
    async record(entry, password) {
      const text = JSON.stringify({
        ...entry,
        ...(password !== undefined && { password: digest(password) }),
      })
      const id = Number((await run('record', { text, size: settings.journalSize }))['id'])
      onRecorded?.(Object.freeze({ id, ...entry, time: new Date(entry.time).toISOString() }))
      return { id }
    },
    async tokenIds(count) {
      if (settings.seed === undefined) return Array.from({ length: count }, () => ids.next())
      const { first } = await run('seed', { count })
      const seeded = createTokenIds(settings.seed, Number(first))
      return Array.from({ length: count }, () => seeded.next())
    },

    findUser: (username) => findIn(byName, username),
    findUserById: (id) => findIn(byId, id),
    async users() {
      await loadUsers()
      return users.list.map(withoutDigest)
    },
    checkPassword: (username, password) => byName.get(username)?.digest === digest(password),
    passwords,
    async addUser(user) {
      passwords.know(user.password)
      return shown(await change(() => addStored(users, user, digest(user.password)))) as KnownUser
    },
    async updateUser(username, changes) {
      const own = changes.password
      if (own !== undefined) passwords.know(own)
      return shown(
        await change(() =>
          updateStored(users, username, changes, own === undefined ? undefined : digest(own)),
        ),
      )
    },
    async removeUser(username) {
      const removed = await change<true>(() => {
        const list = users.list.filter((user) => user.username !== username)
        return list.length < users.list.length
          ? { users: { ...users, list }, result: true }
          : undefined
      })
      return removed === true
    },

    now: () => nowOf('now'),
    advance: (milliseconds) => nowOf('move', { by: milliseconds }),
    setNow: (epoch) => nowOf('move', { to: epoch }),
    resetTime: async () => void (await run('resetTime')),

    async addOutcome(outcome, { times = 1, ...aim }) {
      const stage = OUTCOMES[outcome].at
      const pending = { outcome, times: Number.isFinite(times) ? times : -1, stage, ...aim }
      const { id } = await run('addOutcome', { pending })
      const given = Object.entries(aim).filter(([, value]) => value !== undefined)
      return { id: Number(id), outcome, times, ...Object.fromEntries(given) }
    },
    async pendingOutcomes() {
      const found = Object.values((await run('pending'))['found'] ?? {}) as Record<
        string,
        unknown
      >[]
      return found.map(({ stage, times, ...pending }) => ({
        ...pending,
        times: times === -1 ? Number.POSITIVE_INFINITY : times,
      })) as unknown as PendingOutcome[]
    },
    removeOutcome: async (id) => Boolean((await run('removeOutcome', { id }))['done']),
    clearOutcomes: async () => void (await run('clearOutcomes')),

    async findEntries(filter: EntryFilter | ((entry: JournalEntry) => boolean)) {
      const entries = await readEntries()
      if (typeof filter === 'function') return entries.filter(filter)
      return selectEntries(entries, filter, hasPassword)
    },
    hasPassword,
    subscribe(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    clearEntries: async () => void (await run('clearEntries')),
    droppedEntries: async () =>
      Math.max(0, Number((await run('entries'))['added']) - settings.journalSize),

    async locks() {
      const found = Object.values((await run('locks', { ...base(), ...limit() }))['found'] ?? {})
      return (found as { name: object; until: string }[]).map(({ name, until }) => ({
        ...name,
        until: Number(until),
      }))
    },
    unlock: async (name) => Boolean((await run('unlock', { member: memberOf(name) }))['done']),

    async reset() {
      faults?.restart()
      await run('reset', { text: configured(digest) })
      await loadUsers()
    },
    check: async () => void (await run('now', base())),
    close,
  }

  function findIn(index: ReadonlyMap<string, StoredUser>, key: string): KnownUser | undefined {
    const user = index.get(key)
    return user && withoutDigest(user)
  }

  function shown(result: StoredUser | UserConflict | undefined) {
    return result && 'digest' in result ? withoutDigest(result) : result
  }

  async function readEntries(): Promise<JournalEntry[]> {
    const found = Object.values((await run('entries'))['found'] ?? {}) as string[]
    return found.map(toEntry)
  }
}
