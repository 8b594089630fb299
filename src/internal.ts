// What the other folders use besides the public exports. The published declarations are made of index.ts.

export { type MaybePromise, SOURCE_HEADER, SOURCES } from './api.js'
export { assertZapSign, internalsOf } from './assert-zapsign.js'
export {
  checkOutcome,
  checkUser,
  checkUserChanges,
  filterEntries,
} from './checks.js'
export type { Context } from './context.js'
export { toMilliseconds } from './duration.js'
export { toApiRequest, toResponse } from './fetch.js'
export { loadFaker } from './fixtures.js'
export { createRouter, type Params } from './framework/routing.js'
export { createHmacSigner, type Hmac } from './hmac-signer.js'
export { DOCUMENTED_URLS, isDocumentedHost } from './hosts.js'
export * from './index.js'
export { inspectToken } from './inspect-token.js'
export { type DrawLatency, readLatency } from './latency.js'
export { andThen, attempt } from './maybe-promise.js'
export { OwnError, StoreError, show } from './misuse.js'
export {
  durationText,
  latency,
  optionEntries,
  outcomeEntries,
  pairEntries,
  routeDelay,
  userChangesEntries,
  userEntries,
  wholeNumber,
} from './option-schemas.js'
export { OUTCOME_NAMES, OUTCOMES } from './outcomes.js'
export {
  BODY_LIMIT,
  type Caller,
  type DatedReply,
  type Refused,
  type UnreadRequest,
} from './pipeline.js'
export { printable, printableJson } from './printable.js'
export { REFUSAL_NAMES } from './refusals.js'
export { createSecretIndex, type Span, valuesIn } from './secret-index.js'
export type { Passwords } from './secrets.js'
export { createRedact } from './secrets.js'
export type { Settings } from './settings.js'
export { INSTANT_FORMS, toEpoch } from './state/clock.js'
export { createFaults } from './state/faults.js'
export { type EntryFilter, selectEntries } from './state/journal.js'
export { keyOf, type LoginLimitRule } from './state/login-limit.js'
export type { Kept, StoreSettings } from './state/memory-store.js'
export type { OutcomeTarget, TakenOutcome } from './state/outcomes.js'
export type { Store } from './state/store.js'
export { createTokenIds } from './state/token-ids.js'
export {
  type KnownUser,
  type NewUser,
  organizationFor,
  type UserChanges,
  type UserConflict,
  unknownUser,
} from './state/users.js'
export type { Signer } from './tokens.js'
export { objectOf, validate } from './validate.js'
export { VERSION } from './version.js'
export { createIsAnswered, createIsEndpoint, models, type View } from './view.js'
export { hold, TIMEOUT_HOLD, wait } from './waiting.js'
export { createProvider, createZapSignWith, issueTokenPair, type Provider } from './zapsign.js'
