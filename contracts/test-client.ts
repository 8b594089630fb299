import { type CheckClientOptions, type Client, checkClient, promisesFor } from './check-client.js'
import type { PromiseResult } from './results.js'

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
  let checking: ReturnType<typeof checkClient> | undefined
  for (const name of promisesFor(client, options.promises)) {
    test(`${options.consumer} keeps the promise ${name}`, async () => {
      checking ??= checkClient(client, options)
      const { promises } = await checking
      const result = promises.find((one) => one.name === name)
      if (result?.result !== 'kept')
        throw new Error(result ? failureOf(result) : `${name} was not checked`)
    })
  }
}

/** Why a promise was not kept, in a sentence or two. */
export function failureOf({ name, result, mismatch, nearMiss }: PromiseResult): string {
  if (result === 'neverExercised') return `${name}: no request came that is close to it`
  return `${name}: ${nearMiss ?? mismatch ?? result}`
}
