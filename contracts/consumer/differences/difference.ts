import type { SpecifiedExchange } from '../../promises.js'
import { redact } from '../../redact.js'

/** In what a request differs from a specified one. Values that a client sent are never in it. */
export interface Difference {
  /** What was expected and what came. */
  mismatch: string
  /** The step from right, in plain words. */
  nearMiss: string
}

/** A request as a promise has it. */
export type Specified = SpecifiedExchange['request']

/** One difference, in a list. */
export function differ(
  what: string,
  expected: string,
  got: string,
  nearMiss: string,
): Difference[] {
  return [{ mismatch: `${what}: expected ${expected}, got ${got}`, nearMiss }]
}

const SHOWN_LENGTH = 200

/** More than is shown, for tokens to be found whole. */
const READ_LENGTH = 2000

/** What a client made up, without tokens, and not at any length. */
export function shown(text: string): string {
  return redact(beginningOf(text)).slice(0, SHOWN_LENGTH)
}

/** A token that is cut in two is none any more: what may be one goes. */
function beginningOf(text: string): string {
  if (text.length <= READ_LENGTH) return text
  return text.slice(0, READ_LENGTH).replace(/(?<![\w.-])[\w-]+\.[\w.-]*$/, '')
}
