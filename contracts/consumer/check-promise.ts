import type { PromiseName } from '../promises.js'
import { countOf } from '../report.js'
import { broken, type PromiseResult } from '../results.js'
import type { Client } from './client.js'
import { shown } from './differences/difference.js'
import { EXERCISES } from './exercises.js'
import { judgeUnderstanding } from './judge-understanding.js'
import type { Recording } from './record.js'
import type { Recorded } from './recorded.js'
import { withRecordingServer } from './recording-server.js'
import { type Settled, settle, stackOf } from './settle.js'

/** The result of one promise, and the error that the client threw. */
export interface CheckedPromise {
  result: PromiseResult
  thrown?: unknown
}

/** Runs a client against a recording server with one promise. */
export async function checkPromise(
  name: PromiseName,
  { client, timeout }: { client: Client; timeout: number },
): Promise<CheckedPromise> {
  return withRecordingServer({ promises: [name], asked: [name] }, async (recording) => {
    const given = { baseUrl: recording.url, tokens: recording.given }
    const call = async () => EXERCISES[name].call(client as Required<Client>, given)
    const settled = await settle(call, timeout)
    const result = judge(name, recording, settled)
    if (!('thrown' in settled) || result.result === 'kept') return { result }
    return { result: { ...result, thrown: stackOf(settled.thrown) }, thrown: settled.thrown }
  })
}

function judge(name: PromiseName, { requests, refused }: Recording, settled: Settled) {
  const sent = requests()
  const count = sent.length + refused.length
  if (count === 0) {
    const nearMiss = 'error' in settled && `The client ${settled.error}, and sent nothing.`
    const result: PromiseResult = { name, result: 'neverExercised', requests: 0 }
    return nearMiss ? { ...result, nearMiss } : result
  }
  const [right, ...more] = sent.filter(({ reply }) => reply !== undefined)
  const wrong = sent.filter(({ reply }) => reply === undefined)
  if (!right) return judgeWrong(name, count, wrong[0], refused[0]?.why)
  const additional = [...wrong.map(titleOf), ...refused.map(titleOf)]
  if (additional.length > 0)
    return tooMany(name, count, `${countOf(additional.length, 'more request')}: ${additional[0]}.`)
  if (more.length === 0) return judgeUnderstanding(name, right.reply ?? '', settled)
  const nearMiss = `The request was sent ${count} times. Send it once, and do not retry a refused request.`
  return tooMany(name, count, nearMiss)
}

function judgeWrong(name: PromiseName, count: number, wrong: Recorded | undefined, why = '') {
  if (wrong) return broken(name, count, wrong.differences)
  return broken(name, count, [{ mismatch: 'no request could be read', nearMiss: why }])
}

function tooMany(name: PromiseName, count: number, nearMiss: string): PromiseResult {
  return broken(name, count, [{ mismatch: `requests: expected 1, got ${count}`, nearMiss }])
}

function titleOf({ method, path }: { method: string; path: string }): string {
  return `${shown(method)} ${shown(path)}`.trim()
}
