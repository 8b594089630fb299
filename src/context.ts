import type { Settings } from './settings.js'
import type { Store } from './state/store.js'
import type { Tokens } from './tokens.js'

/** What all requests to one provider share. */
export interface Context {
  readonly settings: Settings
  readonly store: Store
  readonly tokens: Tokens
}
