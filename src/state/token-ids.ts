import { digest } from '../digest.js'
import { createRandomHex } from '../random-hex.js'

/** Creates `jti` claims: 32 hex digits of a version 4 UUID, like Python's `uuid4().hex`. */
export interface TokenIds {
  next(): string
  /** Starts the sequence of a seed again. */
  restart(): void
}

/**
 * @param seed The same seed gives the same sequence. Without a seed, ids are random.
 * @param first The place in the sequence to start from.
 */
export function createTokenIds(seed: number | string | undefined, first = 0): TokenIds {
  let count = first
  const randomHex = createRandomHex()
  return {
    next() {
      const hex = seed === undefined ? randomHex(32) : digest(`${seed} ${count++}`).slice(0, 32)
      const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
      return `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`
    },
    restart() {
      count = 0
    },
  }
}
