import * as v from 'valibot'
import { latency, objectOf, optionEntries, wholeNumber } from '../../src/internal.js'

/** A text that may be left out, but not be empty. */
export const text = (accepted: string) =>
  v.optional(v.pipe(v.string(accepted), v.nonEmpty(accepted)))

/** Where a server listens. */
export const address = {
  port: v.optional(wholeNumber(0, 65_535)),
  host: text('an address or a host name'),
}

/** The options of `createApp`. */
export const appOptions = objectOf({
  latency,
  signal: v.optional(v.instance(AbortSignal, 'an AbortSignal')),
})

/** The options of `startServer`. What a provider is, the provider's own check knows. */
export const startServerOptions = objectOf({
  ...address,
  latency,
  zapsign: v.optional(v.unknown()),
  ...optionEntries,
})
