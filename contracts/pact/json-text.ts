/** A string, or a number that stands outside of strings. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Marks a number whose spelling JavaScript would change. No pact holds this control character. */
const MARK = '\u0001'

/**
 * Parses JSON so that {@link toJsonText} writes every number as it was: JavaScript would make `1` of
 * `1.0`, and round large integers. Such numbers are strings in between. Throws a `SyntaxError`.
 */
export function parseJsonText(text: string): unknown {
  // Refuses what is not JSON before anything is replaced in it.
  JSON.parse(text)
  return JSON.parse(text.replace(STRING_OR_NUMBER, keepSpelling))
}

function keepSpelling(token: string): string {
  const isKept = token.startsWith('"') || String(Number(token)) === token
  return isKept ? token : JSON.stringify(MARK + token)
}

/** JSON with an indentation of 2 and a line break at its end. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/"\\u0001(-?[\d.eE+-]+)"/g, '$1')}\n`
}
