import type { MaybePromise } from '../api.js'
import { type Clock, createClock } from './clock.js'
import { createFaults, type FaultRate } from './faults.js'
import { createEntryLog, type EntryLog } from './journal.js'
import { createLoginLimit, type LoginLimitRule } from './login-limit.js'
import { createOutcomeQueue } from './outcomes.js'
import type { Store } from './store.js'
import { createTokenIds } from './token-ids.js'
import { createUserList, type User, type UserList } from './users.js'

/** The settings that a store depends on. */
export interface StoreSettings {
  users: readonly User[]
  loginLimit: LoginLimitRule | false
  journalSize: number
  now?: (() => number) | undefined
  seed?: number | string | undefined
  faultRate?: FaultRate | undefined
}

type Immediate<F> = F extends (...args: infer A) => MaybePromise<infer R>
  ? (...args: A) => Awaited<R>
  : F

/** A store that answers at once, and the parts that it consists of. */
export type MemoryStore = { [K in keyof Store]: Immediate<Store[K]> } & {
  readonly clock: Clock
  readonly entryLog: EntryLog
  readonly userList: UserList
}

/** What stays when a configuration is replaced. */
export type Kept = Pick<MemoryStore, 'clock' | 'entryLog'>

/**
 * State in the memory of this process. Two stores share nothing.
 *
 * @param kept Parts of an earlier store that stay in use.
 */
export function createMemoryStore(settings: StoreSettings, kept?: Kept): MemoryStore {
  const clock = kept?.clock ?? createClock(settings.now)
  const userList = createUserList(settings.users)
  const outcomes = createOutcomeQueue((userId) => userList.findById(userId)?.username)
  const loginLimit = createLoginLimit(settings.loginLimit)
  const entryLog = kept?.entryLog ?? createEntryLog(settings.journalSize, userList.passwords)
  const ids = createTokenIds(settings.seed)
  const faults = createFaults(settings.faultRate, settings.seed)
  const now = () => clock.now().getTime()

  return {
    clock,
    entryLog,
    userList,

    arrive: (target) => ({
      now: now(),
      forced: target && (outcomes.takeOnArrival(target) ?? faults?.draw()),
    }),
    takeForCredentials: outcomes.takeForCredentials,
    attemptLogin: loginLimit.attempt,
    record: entryLog.add,
    tokenIds(count) {
      const list: string[] = []
      while (list.length < count) list.push(ids.next())
      return list
    },

    findUser: userList.find,
    findUserById: userList.findById,
    users: () => [...userList],
    passwords: userList.passwords,
    checkPassword: (username, password) => userList.find(username)?.password === password,
    addUser: userList.add,
    updateUser: userList.update,
    removeUser: userList.remove,

    now,
    advance: (milliseconds) => clock.set(now() + milliseconds).getTime(),
    setNow: (epoch) => clock.set(epoch).getTime(),
    resetTime: clock.reset,

    addOutcome: outcomes.add,
    pendingOutcomes: outcomes.pending,
    removeOutcome: outcomes.remove,
    clearOutcomes: outcomes.clear,

    findEntries: entryLog.find,
    hasPassword: entryLog.hasPassword,
    subscribe: entryLog.subscribe,
    clearEntries: entryLog.clear,
    droppedEntries: () => entryLog.dropped,

    locks: () => loginLimit.locks(now()),
    unlock: loginLimit.unlock,

    reset() {
      entryLog.clear()
      loginLimit.clear()
      outcomes.clear()
      clock.reset()
      ids.restart()
      faults?.restart()
      userList.replace(settings.users)
    },
  }
}
