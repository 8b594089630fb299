import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from '../http.js'
import { loadPact } from '../pact/load-pact.js'
import type { PromiseName } from '../promises.js'
import type { OnOther } from './answer.js'
import { mockServer } from './mock-server.js'
import { type Recording, record } from './record.js'

/** Options of a recording server. */
export interface RecordingOptions {
  /** The promises that it answers. */
  promises: readonly PromiseName[]
  /** The promises that the client must keep: they decide which requests are the contract's business. */
  asked: readonly PromiseName[]
  /** @default any free port of this machine */
  address?: Address
  /** Signs the tokens that the client gets. @default a random key */
  signingKey?: string | undefined
  /** Answers a request that no promise is about. @default with 501 */
  onOther?: OnOther | undefined
}

/**
 * Starts a recording server, lets a client run against it, and stops it. Specified requests are
 * forwarded to Pact's mock server. What Pact does not report is recorded: which requests came, how
 * often, and which were nearly right. Rejects with Node's error when the address cannot be used.
 */
export async function withRecordingServer<T>(
  options: RecordingOptions,
  run: (recording: Recording) => Promise<T>,
): Promise<T> {
  const pact = loadPact()
  // Pact writes its own pact. We discard it and write ours from the same promises.
  const dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pact-'))
  let outcome: { value: T } | undefined
  let failure: unknown
  const start = mockServer(pact, options.promises, dir)
  try {
    await start(async ({ url }) => {
      try {
        outcome = { value: await record({ ...options, mockUrl: url }, run) }
      } catch (error) {
        failure = error
      }
    })
  } catch (error) {
    // Pact reports here what did not match or never came. The record says the same by promise.
    if (!outcome && failure === undefined) throw error
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  if (!outcome) throw failure
  return outcome.value
}
