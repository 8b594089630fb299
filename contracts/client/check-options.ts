import type { PromiseName } from '../promises.js'
import { consumerName } from '../usage.js'

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

const OPTIONS = ['consumer', 'dir', 'promises', 'timeout']

/** The longest that a timer of JavaScript can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/** Options with their defaults. Throws a `TypeError` or a `RangeError`. */
export function checkOptions(options: CheckClientOptions) {
  const { consumer, dir = 'pacts', timeout = 2000, promises } = options ?? {}
  consumerName(consumer)
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined)
    throw new TypeError(
      `There is no option ${JSON.stringify(unknown)}: there are ${OPTIONS.join(', ')}`,
    )
  if (typeof dir !== 'string') throw new TypeError(`dir must be a folder's name, got ${kind(dir)}`)
  if (dir === '') throw new RangeError('dir must be a folder\'s name, got ""')
  if (typeof timeout !== 'number')
    throw new TypeError(`timeout must be a number of milliseconds, got ${kind(timeout)}`)
  if (!(timeout > 0 && timeout <= LONGEST))
    throw new RangeError(
      `timeout must be milliseconds, more than 0 and at most ${LONGEST}, got ${timeout}`,
    )
  return { consumer, dir, timeout, promises }
}

function kind(value: unknown): string {
  return value === null ? 'null' : `a ${typeof value}`
}
