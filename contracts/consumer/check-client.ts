import { resolve } from 'node:path'
import { findStalePact, savePact } from '../pact/save-pact.js'
import type { PromiseResult } from '../results.js'
import type { CheckClientOptions } from './check-options.js'
import { checkPromise } from './check-promise.js'
import type { Client } from './client.js'
import { planOf } from './plan.js'

/** The result of `checkClient`. */
export interface ClientReport {
  consumer: string
  kept: boolean
  promises: PromiseResult[]
  /** The pact with its full path. It is written when every promise is kept. */
  pactFile?: string
  /** The pact of an earlier run, which is still there although this run was not kept. */
  stalePactFile?: string
}

/**
 * Runs a JavaScript client against Pact's mock server, promise by promise: the request must be the
 * specified one, sent once, and the client must understand the reply. Writes `<consumer>-ZapSign.json`
 * when every promise is kept.
 *
 * @throws a `TypeError` or a `RangeError` for misuse, and a {@link PactFileError} when the pact could not be
 * written, both before the client is run; a {@link PactMissingError} without Pact (as rejections)
 * @example
 * import { checkClient } from 'zapsign-mock/contracts'
 *
 * const { kept, promises } = await checkClient(client, { consumer: 'billing', dir: 'pacts' })
 */
export async function checkClient(
  client: Client,
  options: CheckClientOptions,
): Promise<ClientReport> {
  const plan = planOf(client, options)
  const results: PromiseResult[] = []
  // One after the other, as Pact requires.
  for (const name of plan.names) results.push((await checkPromise(name, plan)).result)
  const kept = results.every(({ result }) => result === 'kept')
  const report = { consumer: plan.consumer, kept, promises: results }
  if (kept) return { ...report, pactFile: resolve(savePact({ ...plan, promises: results })) }
  const stale = findStalePact(plan)
  return stale === undefined ? report : { ...report, stalePactFile: resolve(stale) }
}
