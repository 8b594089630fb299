// What users of `zapsign-mock` may rely on. The published declarations are made of this file.

export type { ApiReply, ApiRequest, Basis, Fault, HeaderLookup } from './api.js'
export type { Bearer } from './bearer.js'
export type { Claims, ExtraClaims, TokenSubject, TokenType } from './claims.js'
export type { Duration } from './duration.js'
export { type CreateUsersOptions, createUsers } from './fixtures.js'
export type { Language } from './framework/messages.js'
export { BRAZIL_URL, PRODUCTION_URL, SANDBOX_URL } from './hosts.js'
export type {
  LoginLimitOptions,
  UserOptions,
  ZapSignOptions,
} from './options.js'
export type { RefusalName } from './refusals.js'
export type { Clock, Instant } from './state/clock.js'
export type { Journal, JournalEntry, JournalFilter } from './state/journal.js'
export type { OutcomeName, Outcomes } from './state/outcomes.js'
export { DEMO_USER, type Organization, type User } from './state/users.js'
export { DEFAULT_SIGNING_KEY, type TokenPair } from './tokens.js'
export { createZapSign, type ZapSign } from './zapsign.js'
