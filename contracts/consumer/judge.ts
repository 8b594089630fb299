import { PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import type { Refused } from '../refused.js'
import {
  broken,
  type CountedOther,
  type CountedRequest,
  type PromiseResult,
  type UnexpectedRequest,
} from '../results.js'
import { shown } from './differences/difference.js'
import type { Recorded } from './recorded.js'
import { OTHER_STATUS } from './refusal.js'

/** The verdict on the requests of a run. */
export interface Verdict {
  promises: PromiseResult[]
  /** What was refused before it was a request. */
  unexpected: CountedRequest[]
  /** Requests that no promise is about. */
  other: CountedOther[]
  /** Milliseconds that were spent on the requests of each promise. */
  durations: Readonly<Record<PromiseName, number>>
}

/** Judges the requests of a run. */
export function judge(recorded: readonly Recorded[], refused: readonly Refused[] = []): Verdict {
  const others = recorded.filter(({ meant }) => meant === undefined)
  return {
    promises: PROMISE_NAMES.map((name) => judgePromise(name, recorded)),
    unexpected: count(
      refused.map(({ method, path, why }) => ({ method, path: shown(path), nearMiss: why })),
    ),
    other: count(
      others.map(({ method, path }) => ({
        method: shown(method),
        path: shown(path),
        status: OTHER_STATUS,
      })),
    ),
    durations: durationsOf(recorded),
  }
}

/** Requests that are alike, with their number. */
function count<R extends Pick<UnexpectedRequest, 'method' | 'path'>>(
  all: readonly R[],
): (R & { requests: number })[] {
  const counted = new Map<string, R & { requests: number }>()
  for (const one of all) {
    const key = JSON.stringify(one)
    const requests = (counted.get(key)?.requests ?? 0) + 1
    counted.set(key, { ...one, requests })
  }
  return [...counted.values()]
}

function durationsOf(recorded: readonly Recorded[]): Record<PromiseName, number> {
  const sums = Object.fromEntries(PROMISE_NAMES.map((name) => [name, 0]))
  for (const { meant, duration } of recorded) if (meant) sums[meant] = (sums[meant] ?? 0) + duration
  return sums as Record<PromiseName, number>
}

function judgePromise(name: PromiseName, all: readonly Recorded[]): PromiseResult {
  const meant = all.filter((one) => one.meant === name)
  const requests = meant.length
  const wrong = meant.find(({ reply }) => reply === undefined)
  if (wrong) return broken(name, requests, wrong.differences)
  const run = isRefusal(name) ? longestRun(name, all) : 0
  if (run > MOST_REFUSALS_IN_A_ROW) {
    const nearMiss = 'Do not retry a refused request with the same credentials or token.'
    return broken(name, requests, [{ mismatch: `${run} requests in a row`, nearMiss }])
  }
  if (requests > 0) return { name, result: 'kept', requests }
  const nearMiss = explainClosest(all.find(({ closest }) => closest === name))
  return { name, result: 'neverExercised', requests, ...(nearMiss && { nearMiss }) }
}

/** A request with the right token in another place. */
function explainClosest(closest: Recorded | undefined): string | undefined {
  if (!closest) return undefined
  const { method, path, differences } = closest
  const why = differences.map(({ nearMiss }) => nearMiss).join(' ')
  return `The closest request was ${shown(method)} ${shown(path)}: ${why}`
}

function isRefusal(name: PromiseName): boolean {
  return promises[name].reply.status >= 400
}

/** The tests of a suite may be refused a few times in a row. More often is a loop. */
const MOST_REFUSALS_IN_A_ROW = 3

function longestRun(name: PromiseName, recorded: readonly Recorded[]): number {
  let [run, longest] = [0, 0]
  for (const { meant } of recorded) {
    run = meant === name ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
