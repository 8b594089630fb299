import type { PromiseName } from '../promises.js'
import { checkOptions, consumerName, type OptionKind } from '../usage.js'

export interface CheckClientOptions {
  /** The client's name in the pact. */
  consumer: string
  /** Where the pact goes; `pacts` by default. */
  dir?: string
  /** All that the client has methods for, by default. */
  promises?: readonly PromiseName[]
  /** Milliseconds within which each call must settle. 2,000 by default: less than test runners allow. */
  timeout?: number
}

const OPTIONS: Readonly<Record<keyof CheckClientOptions, OptionKind>> = {
  consumer: 'text',
  dir: 'text',
  promises: 'list',
  timeout: 'number',
}

/** The longest that a timer of JavaScript can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/** Options with their defaults. Throws a `TypeError` or a `RangeError`. */
export function withDefaults(options: CheckClientOptions) {
  const { consumer, dir = 'pacts', timeout = 2000, promises } = options ?? {}
  consumerName(consumer)
  checkOptions('checkClient', options, OPTIONS)
  if (dir === '') throw new RangeError('dir must be the name of a folder, got ""')
  if (!(timeout > 0 && timeout <= LONGEST))
    throw new RangeError(
      `timeout must be milliseconds, more than 0 and at most ${LONGEST}, got ${timeout}`,
    )
  return { consumer, dir, timeout, promises }
}
