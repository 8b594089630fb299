import { resolve } from 'node:path'
import { findStalePact, savePact } from '../pact/save-pact.js'
import type { PromiseName } from '../promises.js'
import { failureOf } from '../results.js'
import type { CheckClientOptions } from './check-options.js'
import { checkPromise } from './check-promise.js'
import type { Client } from './client.js'
import { callerOf, packageFolderOf, shownPath } from './package-folder.js'
import { type Plan, planOf } from './plan.js'

/** `test` of Vitest, Jest or `node:test`: any function that takes a title and a function. */
export type RegisterTest = (title: string, run: () => Promise<void>) => unknown

/**
 * Registers one test for each promise of a client, with the runner's `test`. The test that completes
 * the set writes the pact, and prints its path. A relative `dir` is relative to the package of the
 * calling file.
 *
 * @throws as `checkClient` does
 * @example
 * import { test } from 'vitest'
 * import { testClient } from 'zapsign-mock/contracts'
 *
 * testClient(test, client, { consumer: 'billing' })
 */
export function testClient(test: RegisterTest, client: Client, options: CheckClientOptions): void {
  if (typeof test !== 'function')
    throw new TypeError('The first argument of testClient must be the test function of a runner')
  const folder = packageFolderOf(callerOf(testClient))
  const plan = planOf(client, options, (dir) => resolve(folder, dir))
  const { consumer, names } = plan
  const kept = new Set<PromiseName>()
  for (const name of names) {
    test(`${consumer} keeps the promise ${name}`, async () => {
      kept.delete(name)
      const { result, thrown } = await checkPromise(name, plan)
      if (result.result !== 'kept') {
        const message = [failureOf(result), staleNote(plan, name)].filter(Boolean).join(' ')
        throw new Error(printable(message), thrown === undefined ? {} : { cause: thrown })
      }
      kept.add(name)
      if (kept.size < names.length) return
      const file = savePact({ ...plan, promises: names.map((one) => ({ name: one })) })
      console.info(`zapsign-mock: the pact is ${shownPath(file)}`)
    })
  }
}

/** Text of a client must not control the terminal of the runner. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

function staleNote(plan: Plan, name: PromiseName): string | undefined {
  const file = findStalePact(plan, [name])
  return file && `${shownPath(file)} still has this promise from an earlier run.`
}
