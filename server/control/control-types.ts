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
 * A running mock, steered from another process: the names of `createZapSign()`, where every member is a
 * method that returns a promise. Each rejects with a {@link ControlError}.
 */
export interface Control {
  readonly time: {
    now(): Promise<Date>
    advance(duration: Duration): Promise<Date>
    set(instant: Instant): Promise<Date>
    reset(): Promise<void>
  }
  readonly outcomes: {
    next(name: OutcomeName, options?: OutcomeOptions): Promise<void>
    pending(): Promise<PendingOutcome[]>
    clear(): Promise<void>
  }
  readonly journal: {
    entries(): Promise<JournalEntry[]>
    find(filter?: RemoteFilter): Promise<JournalEntry[]>
    count(filter?: RemoteFilter): Promise<number>
    dropped(): Promise<number>
    /**
     * Calls `listener` with each new entry until the returned function is called, or the mock stops.
     * Resolves as soon as no later entry can be missed.
     */
    subscribe(listener: (entry: JournalEntry) => void): Promise<() => void>
    clear(): Promise<void>
  }
  readonly users: {
    list(): Promise<RemoteUser[]>
    length(): Promise<number>
    find(username: string): Promise<RemoteUser | undefined>
    add(user: UserOptions): Promise<RemoteUser>
    update(username: string, changes: Partial<Omit<UserOptions, 'id'>>): Promise<RemoteUser>
    remove(username: string): Promise<void>
  }
  issueTokenPair(username?: string, options?: TokenPairOptions): Promise<TokenPair>
  reset(): Promise<void>
}
