import * as v from 'valibot'
import {
  check,
  consumerName,
  filled,
  milliseconds,
  objectOf,
  promiseNames,
  type SchemasOf,
} from '../options.js'
import type { PromiseName } from '../promises.js'

/** Options of `checkClient` and `testClient`. */
export interface CheckClientOptions {
  /** The client's name in the pact. */
  consumer: string
  /**
   * The folder of the pact: in the working directory for `checkClient`, in the package of the calling
   * file for `testClient`.
   * @default 'pacts'
   */
  dir?: string
  /**
   * The promises that the client must keep. `'all'` means those that it has methods for, and removes
   * promises of earlier runs from the pact.
   * @default every promise that the client has a method for
   */
  promises?: 'all' | readonly PromiseName[]
  /**
   * Milliseconds within which each call must settle. The default is less than test runners allow.
   * @default 2000
   */
  timeout?: number
}

/** The folder of pacts, as every function takes it. */
export const dir = v.optional(filled('the name of a folder'), 'pacts')

const schema = objectOf({
  consumer: consumerName,
  dir,
  promises: v.optional(promiseNames),
  timeout: v.optional(milliseconds, 2000),
} satisfies SchemasOf<CheckClientOptions>)

/** Options with their defaults. Throws a `TypeError` or a `RangeError`. */
export function withDefaults(options: CheckClientOptions) {
  return check(schema, options)
}
