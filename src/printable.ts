/** Control characters, and characters that reverse the direction of text or break a line. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A text as one line that cannot control a terminal: each control character becomes U+FFFD. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => (character === '\t' ? ' ' : '\ufffd'))
}

/** A value as one line of JSON that cannot control a terminal: control characters are escaped. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROLS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
