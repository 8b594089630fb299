import { LosslessNumber, parse, stringify } from 'lossless-json'

/**
 * Parses JSON so that {@link toJsonText} writes every number as it was: JavaScript would make `1` of
 * `1.0`, and round large integers. Such numbers become a `LosslessNumber`. Throws a `SyntaxError`.
 */
export function parseJsonText(text: string): unknown {
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
}

function parseNumber(text: string): number | LosslessNumber {
  return String(Number(text)) === text ? Number(text) : new LosslessNumber(text)
}

/** JSON with an indentation of 2 and a line break at its end. */
export function toJsonText(value: unknown): string {
  return `${stringify(value, undefined, 2)}\n`
}

/** {@link toJsonText} on one line, without white space. */
export function toCompactJson(value: unknown): string {
  return stringify(value) ?? ''
}
