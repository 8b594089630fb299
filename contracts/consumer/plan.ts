import { checkPactPlace } from '../pact/save-pact.js'
import { PROMISE_NAMES, type PromiseName } from '../promises.js'
import { type CheckClientOptions, withDefaults } from './check-options.js'
import type { Client } from './client.js'
import { EXERCISES } from './exercises.js'

/** What is to be checked, once every argument is right. */
export interface Plan {
  client: Client
  consumer: string
  dir: string
  names: PromiseName[]
  /** Whether promises of earlier runs are removed from the pact. */
  replaces: boolean
  timeout: number
}

/**
 * Checks the arguments, and the place of the pact. Throws a `TypeError`, a `RangeError` or a
 * `PactFileError`.
 */
export function planOf(
  client: Client,
  options: CheckClientOptions,
  toDir: (dir: string) => string = (dir) => dir,
): Plan {
  const { consumer, timeout, promises, ...rest } = withDefaults(options)
  const names = promisesFor(client, promises)
  const dir = toDir(rest.dir)
  checkPactPlace({ dir, consumer })
  return { client, consumer, dir, names, replaces: promises === 'all', timeout }
}

/** The promises that a client can be asked to keep. Throws a `TypeError`. */
function promisesFor(client: Client, asked: CheckClientOptions['promises'] = 'all'): PromiseName[] {
  if (typeof client?.obtainToken !== 'function') {
    throw new TypeError(
      'A client must have a method obtainToken({ baseUrl, organizationId, username, password })',
    )
  }
  for (const method of ['refresh', 'callProtected'] as const) {
    if (client[method] === undefined || typeof client[method] === 'function') continue
    throw new TypeError(`A client's ${method} must be a method, or left out`)
  }
  const hasMethod = (name: PromiseName) => client[EXERCISES[name].method] !== undefined
  if (asked === 'all') return PROMISE_NAMES.filter(hasMethod)
  const without = asked.find((name) => !hasMethod(name))
  if (without) {
    throw new TypeError(
      `The promise ${without} needs a client with the method ${EXERCISES[without].method}`,
    )
  }
  return PROMISE_NAMES.filter((name) => asked.includes(name))
}
