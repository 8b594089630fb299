import type { MaybePromise } from '../api.js'
import type { ArrivalOutcome, CredentialsOutcome, OutcomeName } from '../outcomes.js'
import type { Passwords } from '../secrets.js'
import type { EntryFilter, JournalEntry, NewEntry } from './journal.js'
import type { Lock, LoginAttempt, LoginDecision, LoginName } from './login-limit.js'
import type { OutcomeOptions, OutcomeTarget, PendingOutcome, TakenOutcome } from './outcomes.js'
import type { KnownUser, NewUser, UserChanges, UserConflict } from './users.js'

/** The start of a request: the one instant that it is answered at, and an outcome that is forced on it. */
interface Arrival {
  /** Milliseconds since 1970. */
  now: number
  forced?: TakenOutcome<ArrivalOutcome> | undefined
}

/**
 * Everything that a provider remembers. Each operation is one atomic step, and may answer later: the
 * store in memory answers at once, and a store that processes share returns promises. What comes in
 * has been checked already.
 */
export interface Store {
  /** Reads the clock and takes a forced outcome. Without a target no outcome is taken. */
  arrive(target?: OutcomeTarget): MaybePromise<Arrival>
  takeForCredentials(
    target: OutcomeTarget,
  ): MaybePromise<TakenOutcome<CredentialsOutcome> | undefined>
  /** Decides whether a login is allowed, and counts it. */
  attemptLogin(attempt: LoginAttempt): MaybePromise<LoginDecision>
  /**
   * Adds an entry. Returns its id where the store knows it at once.
   *
   * @param password Kept only as a salted digest, for `hasPassword`.
   */
  record(entry: NewEntry, password?: string): MaybePromise<{ readonly id: number } | undefined>
  /** New `jti` claims. */
  tokenIds(count: number): MaybePromise<string[]>

  findUser(username: string): MaybePromise<KnownUser | undefined>
  /** @param id The `user_id` claim of a token, as text. */
  findUserById(id: string): MaybePromise<KnownUser | undefined>
  users(): MaybePromise<readonly KnownUser[]>
  /** Whether a user has the name and the password. */
  checkPassword(username: string, password: string): MaybePromise<boolean>
  /** The passwords of the users there are, as far as this process knows them: such texts must not be logged. */
  readonly passwords: Passwords
  addUser(user: NewUser): MaybePromise<KnownUser | UserConflict>
  updateUser(
    username: string,
    changes: UserChanges,
  ): MaybePromise<KnownUser | UserConflict | undefined>
  removeUser(username: string): MaybePromise<boolean>

  /** The provider's present, in milliseconds since 1970. */
  now(): MaybePromise<number>
  /** Moves the present by milliseconds, and returns it. */
  advance(milliseconds: number): MaybePromise<number>
  /** Moves the present to a time in milliseconds since 1970, and returns it. */
  setNow(epoch: number): MaybePromise<number>
  resetTime(): MaybePromise<void>

  addOutcome(outcome: OutcomeName, options: OutcomeOptions): MaybePromise<PendingOutcome>
  pendingOutcomes(): MaybePromise<PendingOutcome[]>
  removeOutcome(id: number): MaybePromise<boolean>
  clearOutcomes(): MaybePromise<void>

  findEntries(
    filter: EntryFilter | ((entry: JournalEntry) => boolean),
  ): MaybePromise<JournalEntry[]>
  hasPassword(entry: JournalEntry, password: string): MaybePromise<boolean>
  /** Calls `listener` with each new entry until the returned function is called. */
  subscribe(listener: (entry: JournalEntry) => void): () => void
  clearEntries(): MaybePromise<void>
  /** The number of entries that were dropped because the journal was full. */
  droppedEntries(): MaybePromise<number>

  locks(): MaybePromise<Lock[]>
  unlock(name: LoginName): MaybePromise<boolean>

  /** Clears journal, login limit, outcomes and time. Users and token ids are as at creation. */
  reset(): MaybePromise<void>
}
