/**
 * MSW handlers, and matchers for Vitest and Jest.
 *
 * @module zapsign-mock/mocks
 */
import './assertions.js'

export { createHandlers, type HandlersOptions } from './handlers.js'
export { type MatcherResult, matchers, type ZapSignMatchers } from './matchers.js'
export { type GuardedResolver, requireBearer } from './require-bearer.js'
