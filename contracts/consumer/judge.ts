import { PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import type { Refused } from '../refused.js'
import { broken, type CountedRequest, type PromiseResult } from '../results.js'
import { shown } from './differences/difference.js'
import { meantFor } from './explain.js'
import { faultsOf, type Recorded } from './recorded.js'

const STRANGER = 'It holds no credential and no token that the environment gave.'

/** What the requests of a run say about each promise, and what came and says nothing of any. */
export function judge(
  recorded: readonly Recorded[],
  refused: readonly Refused[] = [],
): {
  promises: PromiseResult[]
  unexpected: CountedRequest[]
} {
  const sorted = recorded.map((record) => ({ ...record, meant: meantFor(record.request) }))
  const strangers = sorted.filter(({ meant, isMatched }) => meant === undefined && !isMatched)
  return {
    promises: PROMISE_NAMES.map((name) => judgePromise(name, sorted)),
    unexpected: count([
      ...strangers.map(({ request: { method, path } }) => ({ method, path, why: STRANGER })),
      ...refused,
    ]),
  }
}

/** Those that are alike are one. */
function count(all: readonly Refused[]): CountedRequest[] {
  const counted = new Map<string, CountedRequest>()
  for (const { method, path, why } of all) {
    const one = { method, path: shown(path), nearMiss: why }
    const key = Object.values(one).join('\n')
    const requests = (counted.get(key)?.requests ?? 0) + 1
    counted.set(key, { ...one, requests })
  }
  return [...counted.values()]
}

/** A request, and the promise that it was evidently meant for. */
interface Sorted extends Recorded {
  meant: PromiseName | undefined
}

function judgePromise(name: PromiseName, all: readonly Sorted[]): PromiseResult {
  const meant = all.filter((one) => one.meant === name)
  const requests = meant.length
  const wrong = meant.find(({ isMatched }) => !isMatched)
  if (wrong) return broken(name, requests, faultsOf(wrong, name))
  const run = isRefusal(name) ? longestRun(name, all) : 0
  if (run > MOST_REFUSALS_IN_A_ROW) {
    const nearMiss = 'A refusal is not retried with the same credentials or token.'
    return broken(name, requests, [{ mismatch: `${run} requests in a row`, nearMiss }])
  }
  return { name, result: requests > 0 ? 'kept' : 'neverExercised', requests }
}

function isRefusal(name: PromiseName): boolean {
  return promises[name].reply.status >= 400
}

/** Tests of a suite may be refused alike one after the other; more often than this is a loop. */
const MOST_REFUSALS_IN_A_ROW = 3

function longestRun(name: PromiseName, sorted: readonly Sorted[]): number {
  let [run, longest] = [0, 0]
  for (const { meant } of sorted) {
    run = meant === name ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
