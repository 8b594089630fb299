import type { ApiRequest, MaybePromise } from './api.js'
import type { DatedReply, Pipeline } from './pipeline.js'
import type { Settings } from './settings.js'
import type { Kept } from './state/memory-store.js'
import type { Store } from './state/store.js'
import type { Tokens } from './tokens.js'
import type { View } from './view.js'

/** The key under which a provider keeps what only the other folders of this package need. */
export const BRAND: unique symbol = Symbol.for('zapsign-mock')

/** The parts of a provider behind its public handle. */
export interface Internals {
  /** The version of zapsign-mock that created the provider. */
  readonly version: string
  readonly store: Store
  readonly settings: Settings
  readonly tokens: Tokens
  /** The clock and the journal in this process, for a provider that replaces this one. */
  readonly kept?: Kept | undefined
  readonly views: readonly View[]
  /**
   * Answers a request as `reply` does.
   *
   * @param hint What the adapter knows about the request that helps to correct it.
   */
  respond(request: ApiRequest, hint?: string): MaybePromise<DatedReply>
  /** Refuses a request that an adapter cannot read. */
  readonly refuse: Pipeline['refuse']
  /** Guards a request that is given as plain data. */
  readonly guard: Pipeline['guard']
}
