import type { SpecifiedExchange } from '../../promises.js'
import { redact } from '../../redact.js'

/** A difference between a request and a specified one. It never holds a value that a client sent. */
export interface Difference {
  /** What was expected and what was received. */
  mismatch: string
  /** The same in plain words. */
  nearMiss: string
}

/** The request of a promise. */
export type Specified = SpecifiedExchange['request']

/** A list with one difference. */
export function differ(
  what: string,
  expected: string,
  got: string,
  nearMiss: string,
): Difference[] {
  return [{ mismatch: `${what}: expected ${expected}, got ${got}`, nearMiss }]
}

const SHOWN_LENGTH = 200

/** More than is shown, so that tokens are found whole. */
const READ_LENGTH = 2000

/** Text of a client without tokens, shortened to 200 characters. */
export function shown(text: string): string {
  return redact(beginningOf(text)).slice(0, SHOWN_LENGTH)
}

/** Half a token is not recognized as one. Text at the cut that may be one is removed. */
function beginningOf(text: string): string {
  if (text.length <= READ_LENGTH) return text
  return text.slice(0, READ_LENGTH).replace(/(?<![\w.-])[\w-]+\.[\w.-]*$/, '')
}
