import './assertions.js'

export { createHandlers, type HandlersOptions } from './handlers.js'
export { type MatcherResult, matchers, type ZapSignMatchers } from './matchers.js'
export { type GuardedResolver, requireBearer } from './require-bearer.js'
