import type {
  Duration,
  Instant,
  JournalEntry,
  JournalFilter,
  Outcome,
  OutcomeName,
  OutcomeOptions,
  PendingOutcome,
  TokenPair,
  TokenPairOptions,
  User,
  UserOptions,
} from '../../src/index.js'

/** A filter as `zapsign.journal.find` takes it, without `password`, which never leaves this process. */
export type RemoteFilter =
  | Outcome
  | Omit<JournalFilter, 'password'>
  | ((entry: JournalEntry) => boolean)

/** A user as the control API shows it. */
export type RemoteUser = Omit<User, 'password'>

/**
 * A running mock, controlled from another process: the names of `createZapSign()`, where every member is a
 * method that returns a promise.
 *
 * @throws a `ControlError` from every method (as a rejection): the mock refused the call, or it did not
 * reach the mock
 */
export interface Control {
  /** The mock's clock: it signs tokens, checks them and ages the login limit. */
  readonly time: {
    /** The mock's present. */
    now(): Promise<Date>
    /** Moves the mock's present forward, by a duration with a unit such as `'61m'`, and returns it. */
    advance(duration: Duration): Promise<Date>
    /** Moves the mock's present to an instant, and returns it. The clock runs on from there. */
    set(instant: Instant): Promise<Date>
    /** Forgets every `advance` and `set`. */
    reset(): Promise<void>
  }
  /** Outcomes to force on the next requests. */
  readonly outcomes: {
    /** Forces an outcome once, or `times` times. */
    next(name: OutcomeName, options?: OutcomeOptions): Promise<void>
    /** The pending outcomes, in the order in which they are used. */
    pending(): Promise<PendingOutcome[]>
    /** Removes all pending outcomes, and ends requests that the outcome `timeout` keeps waiting. */
    clear(): Promise<void>
  }
  /** The requests that were answered. */
  readonly journal: {
    /** The newest entries, oldest first. */
    entries(): Promise<JournalEntry[]>
    /** The entries that match a filter, oldest first. */
    find(filter?: RemoteFilter): Promise<JournalEntry[]>
    /** The number of entries that match a filter. */
    count(filter?: RemoteFilter): Promise<number>
    /** The number of entries that were dropped because the journal was full. */
    dropped(): Promise<number>
    /**
     * Calls `listener` with each new entry until the returned function is called, or the mock stops.
     * Resolves as soon as no later entry can be missed.
     */
    subscribe(listener: (entry: JournalEntry) => void): Promise<() => void>
    /** Forgets all entries. */
    clear(): Promise<void>
  }
  /** The users who can sign in. Replies never contain their passwords. */
  readonly users: {
    /** The users who can sign in, in their order. */
    list(): Promise<RemoteUser[]>
    /** The number of users. */
    length(): Promise<number>
    /** The user with exactly this user name, if there is one. */
    find(username: string): Promise<RemoteUser | undefined>
    /** Adds a user, and returns it. */
    add(user: UserOptions): Promise<RemoteUser>
    /** Changes a user, and returns it. */
    update(username: string, changes: Partial<Omit<UserOptions, 'id'>>): Promise<RemoteUser>
    /** Removes a user. Access tokens of the user are refused from then on. */
    remove(username: string): Promise<void>
  }
  /** Issues a token pair without a login, as `zapsign.issueTokenPair` does. */
  issueTokenPair(username?: string, options?: TokenPairOptions): Promise<TokenPair>
  /** Clears journal, login limit, outcomes and time. Restores the users that the mock started with. */
  reset(): Promise<void>
}
