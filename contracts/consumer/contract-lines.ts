import type { JUnitCase } from '../junit.js'
import { countOf, type Line } from '../report.js'
import { failureOf, NEVER_EXERCISED, type PromiseResult } from '../results.js'
import { CLIENT_MUST } from './environment.js'
import type { Judged } from './run-contract.js'

const UNREADABLE = 'This could not be read as a request.'
const OTHER = 'No promise is about this request.'

const CORS =
  'ZapSign sends no CORS headers: a browser page of another origin cannot call it. Call it from your server.'

/** The result of a run for people. */
export function contractLines(judged: Judged): Line[] {
  const { promises, unexpected, other, failOnOther, exitCode, preflights } = judged
  const otherMark = failOnOther ? 'broken' : 'skipped'
  return [
    ...promises.map(promiseLine),
    ...listed('broken', unexpected, ({ nearMiss = UNREADABLE }) => nearMiss),
    ...listed(otherMark, other, ({ status }) => `${OTHER} It was answered with ${status}.`),
    ...(preflights === 0
      ? []
      : [line('skipped', `a browser asked for permission (${countOf(preflights)})`, CORS)]),
    ...(exitCode === 0 ? [] : [line('broken', `the command ended with ${exitCode}`)]),
  ]
}

function line(mark: Line['mark'], text: string, ...details: string[]): Line {
  return { mark, text, details }
}

function promiseLine({ name, result, requests, nearMiss, mismatch }: PromiseResult): Line {
  if (result === 'neverExercised') {
    const details = nearMiss === undefined ? [NEVER_EXERCISED, CLIENT_MUST[name]] : [nearMiss]
    return line('broken', `${name}: never exercised`, ...details)
  }
  const text = `${name} (${countOf(requests)})`
  if (result === 'kept') return line('kept', text)
  return line('broken', text, ...[nearMiss, mismatch].filter((detail) => detail !== undefined))
}

/** More kinds of requests would not help anybody. */
const MOST_LISTED = 100

interface Counted {
  method: string
  path: string
  requests: number
}

function listed<R extends Counted>(
  mark: Line['mark'],
  all: readonly R[],
  explain: (one: R) => string,
): Line[] {
  const lines = all.slice(0, MOST_LISTED).map((one) => line(mark, titleOf(one), explain(one)))
  const left = all.length - MOST_LISTED
  return left > 0 ? [...lines, line(mark, `and ${left} other kinds of requests`)] : lines
}

function titleOf({ method, path, requests }: Counted): string {
  const title = `${method} ${path}`.trim()
  return requests === 1 ? title : `${title} (${countOf(requests)})`
}

/** The result of a run for CI servers. */
export function contractCases(judged: Judged): JUnitCase[] {
  const { promises, unexpected, other, failOnOther, exitCode, durations } = judged
  const others = failOnOther ? other : []
  return [
    ...promises.map((result) => ({
      name: result.name,
      duration: durations[result.name],
      ...(result.result !== 'kept' && { failure: failureOf(result) }),
    })),
    ...unexpected.slice(0, MOST_LISTED).map((one) => ({
      name: titleOf(one),
      failure: one.nearMiss ?? UNREADABLE,
    })),
    ...others.slice(0, MOST_LISTED).map((one) => ({ name: titleOf(one), failure: OTHER })),
    ...(exitCode === 0
      ? []
      : [{ name: 'the command', failure: `The command ended with ${exitCode}.` }]),
  ]
}
