import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Address, type SentReply, type SentRequest, serve } from '../http.js'
import { loadPact } from '../pact/load-pact.js'
import type { PromiseName } from '../promises.js'
import type { Refused } from '../refused.js'
import { specifiedAs } from './explain.js'
import { forwardToMock } from './forward-to-mock.js'
import { mockServer } from './mock-server.js'
import type { Recorded } from './recorded.js'
import { refusal } from './refusal.js'

/** A server that answers for ZapSign, and records every request of a client. */
export interface RecordingServer {
  url: string
  /** In the order in which the requests came. */
  recorded: readonly Recorded[]
  /** What was refused before it was a request. */
  refused: readonly Refused[]
  /** Resolves when every request that has come whole has its reply. */
  settle(): Promise<void>
}

/**
 * Starts a recording server for promises, lets a client run against it, and stops it. It forwards
 * specified requests to Pact's mock server, and records what Pact does not report: which requests came,
 * how often, and which were nearly right.
 */
export async function withRecordingServer<T>(
  names: readonly PromiseName[],
  run: (server: RecordingServer) => Promise<T>,
  address: Address = {},
): Promise<T> {
  const pact = loadPact()
  // Pact writes a pact of its own. It is thrown away: ours is written from the same promises.
  const dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pact-'))
  let outcome: { value: T } | undefined
  let failure: unknown
  try {
    await mockServer(
      pact,
      names,
      dir,
    )(async ({ url }) => {
      try {
        outcome = { value: await record(url, run, address) }
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

async function record<T>(
  mockUrl: string,
  run: (server: RecordingServer) => Promise<T>,
  address: Address,
): Promise<T> {
  const recorded: Recorded[] = []
  const refused: Refused[] = []
  const recordOf = new WeakMap<SentRequest, Recorded>()
  const pending = new Set<Promise<SentReply>>()
  const respond = async (request: SentRequest) => {
    const record = recordOf.get(request)
    if (record) delete record.fault
    const name = specifiedAs(request)
    const reply = name && (await forwardToMock(mockUrl, request, name))
    if (!reply) return refusal(request)
    if (record) record.isMatched = true
    return reply
  }
  const answer = (request: SentRequest) => {
    const reply = respond(request)
    pending.add(reply)
    return reply
  }
  const server = await serve(
    answer,
    {
      // Recorded before anything can go wrong, so that no request is lost.
      onRequest(request) {
        const record: Recorded = { request, isMatched: false, fault: 'brokenOff' }
        recordOf.set(request, record)
        recorded.push(record)
      },
      onTooLong(request) {
        const record = recordOf.get(request)
        if (record) record.fault = 'tooLong'
      },
      onRefused: (what) => refused.push(what),
    },
    address,
  )
  try {
    const settle = async () => {
      // The last request of a program that has ended may still have to be read.
      await setImmediate()
      await Promise.allSettled(pending)
    }
    return await run({ url: server.url, recorded, refused, settle })
  } finally {
    await server.close()
  }
}
