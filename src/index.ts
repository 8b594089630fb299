/**
 * ZapSign's sign-in as an object in memory. The published declarations are made of this file.
 *
 * @module zapsign-mock
 */

export type { Outcome } from './answer.js'
export type { ApiReply, ApiRequest, Fault, HeaderLookup, Source } from './api.js'
export type { Bearer } from './bearer.js'
export type { Claims, ExtraClaims, TokenSubject, TokenType } from './claims.js'
export type { Duration } from './duration.js'
export { type CreateUsersOptions, createUsers } from './fixtures.js'
export type { Language } from './framework/messages.js'
export type { Journal } from './handle/journal.js'
export type { Outcomes } from './handle/outcomes.js'
export type { Users } from './handle/users.js'
export { BRAZIL_URL, PRODUCTION_URL, SANDBOX_URL } from './hosts.js'
export type { Latency } from './latency.js'
export type { LoginLimitOptions, UserOptions, ZapSignOptions } from './options.js'
export type { ArrivalOutcome, OutcomeName } from './outcomes.js'
export type { RefusalName } from './refusals.js'
export type { Clock, Instant } from './state/clock.js'
export type { FaultRate } from './state/faults.js'
export type { EntryFilter as JournalFilter, JournalEntry } from './state/journal.js'
export type { OutcomeOptions, PendingOutcome } from './state/outcomes.js'
export { DEMO_USER, type Organization, type User } from './state/users.js'
export { DEFAULT_SIGNING_KEY, type TokenPair } from './tokens.js'
export { createZapSign, type TokenPairOptions, type ZapSign } from './zapsign.js'
