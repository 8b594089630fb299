import { digest } from '../digest.js'
import type { ArrivalOutcome } from '../outcomes.js'
import type { TakenOutcome } from './outcomes.js'

/** The share of requests that get an outcome: 0.01 is one of a hundred. */
export type FaultRate = { [name in ArrivalOutcome]?: number | undefined }

export interface Faults {
  /** Draws the fault of the next request. */
  draw(): TakenOutcome<ArrivalOutcome> | undefined
  /** Starts the sequence of a seed again, and ends the wait of requests that a `timeout` holds. */
  restart(): void
}

/** Bits of a digest that make a random number: as many as a number holds exactly. */
const BITS = 52

/** @param seed The same seed gives the same sequence of faults. Without a seed they are random. */
export function createFaults(
  rate: FaultRate | undefined,
  seed: number | string | undefined,
): Faults | undefined {
  if (!rate) return undefined
  const rates = Object.entries(rate) as [ArrivalOutcome, number | undefined][]
  let count = 0
  let cleared = new AbortController()

  function random(): number {
    if (seed === undefined) return Math.random()
    return Number.parseInt(digest(`${seed} fault ${count++}`).slice(0, BITS / 4), 16) / 2 ** BITS
  }

  return {
    draw() {
      let left = random()
      for (const [outcome, share = 0] of rates) {
        if (left < share) return { outcome, released: cleared.signal }
        left -= share
      }
      return undefined
    },
    restart() {
      count = 0
      cleared.abort()
      cleared = new AbortController()
    },
  }
}
