import { savePact } from '../pact/save-pact.js'
import type { PromiseName } from '../promises.js'
import { failureOf } from '../results.js'
import { type Client, checkPromise, planOf } from './check-client.js'
import type { CheckClientOptions } from './check-options.js'

/** `test` of Vitest, Jest or `node:test`: whatever takes a title and a function. */
export type RegisterTest = (title: string, run: () => Promise<void>) => unknown

/**
 * Registers one test for each promise of a client, with the runner's own `test`. Each runs the client
 * for its promise; the one that completes the set writes the pact. Throws as `checkClient` does.
 *
 * @example
 * import { test } from 'vitest'
 * import { testClient } from 'zapsign-mock/contracts'
 *
 * testClient(test, client, { consumer: 'billing' })
 */
export function testClient(test: RegisterTest, client: Client, options: CheckClientOptions): void {
  if (typeof test !== 'function')
    throw new TypeError('testClient takes the test function of a runner first')
  const plan = planOf(client, options)
  const { consumer, dir, names } = plan
  const kept = new Set<PromiseName>()
  for (const name of names) {
    test(`${consumer} keeps the promise ${name}`, async () => {
      kept.delete(name)
      const result = await checkPromise(name, plan)
      if (result.result !== 'kept') throw new Error(failureOf(result))
      kept.add(name)
      if (kept.size === names.length)
        savePact({ dir, consumer, promises: names.map((one) => ({ name: one })) })
    })
  }
}
