import { type CheckClientOptions, type Client, checkClient, promisesFor } from './check-client.js'
import { failureOf } from './results.js'
import { consumerName } from './usage.js'

/** `test` of Vitest, Jest or `node:test`: whatever takes a title and a function. */
export type RegisterTest = (title: string, run: () => Promise<void>) => unknown

/**
 * Registers one test for each promise of a client, with the runner's own `test`. The client is run
 * once; the pact is written when all promises are kept.
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
  const consumer = consumerName(options?.consumer)
  let checking: ReturnType<typeof checkClient> | undefined
  for (const name of promisesFor(client, options.promises)) {
    test(`${consumer} keeps the promise ${name}`, async () => {
      checking ??= checkClient(client, options)
      const { promises } = await checking
      const result = promises.find((one) => one.name === name)
      if (result?.result !== 'kept')
        throw new Error(result ? failureOf(result) : `${name} was not checked`)
    })
  }
}
