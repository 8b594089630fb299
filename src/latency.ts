import { DURATION_FORMS, type Duration, toMilliseconds } from './duration.js'

/** A delay, or the least and the most of delays that are drawn at random: `'200ms'`, `'100ms-400ms'`. */
export type Latency = Duration | `${Duration}-${Duration}`

/** The most milliseconds that `setTimeout` can wait. */
export const LONGEST_WAIT = 2 ** 31 - 1

export const LATENCY_FORMS = `${DURATION_FORMS}, or a range such as "100ms-400ms", up to 24 days`

/** Picks the delay of the next reply, in milliseconds. */
export type DrawLatency = () => number

/** Reads a {@link Latency}; `undefined` for anything else. */
export function readLatency(value: unknown): DrawLatency | undefined {
  const [, first = value, last = first] = /^(\d[^-]*)-(\d[^-]*)$/.exec(String(value)) ?? []
  const [least, most] = [toMilliseconds(first), toMilliseconds(last)]
  if (least === undefined || most === undefined) return undefined
  if (most < least || most > LONGEST_WAIT) return undefined
  return () => least + Math.random() * (most - least)
}
