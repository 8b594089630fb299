/**
 * The white space of Python's `str.strip()`: that of JavaScript's `trim()` without U+FEFF, and with the
 * separators U+001C to U+001F and U+0085.
 */
const WHITE_SPACE = new Set(
  '\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
)

const ASCII_WHITE_SPACE = new Set('\t\n\v\f\r ')

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return stripOf(text, WHITE_SPACE)
}

/** Python's `bytes.strip()`, on text whose characters are bytes. */
export function stripBytes(text: string): string {
  return stripOf(text, ASCII_WHITE_SPACE)
}

function stripOf(text: string, characters: ReadonlySet<string>): string {
  let start = 0
  let end = text.length
  while (start < end && characters.has(text.charAt(start))) start += 1
  while (end > start && characters.has(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** Python's `bytes.split()`, on text whose characters are bytes: at runs of ASCII white space. */
export function splitWords(text: string): string[] {
  return text.split(/[\t\n\v\f\r ]+/).filter((word) => word !== '')
}

/**
 * Python's `int(text)`: an optional sign, digits of any script, and `_` between two digits. `undefined`
 * where it raises an error.
 */
export function toInt(text: string): number | undefined {
  const trimmed = strip(text)
  if (!/^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u.test(trimmed)) return undefined
  return Number(trimmed.replaceAll('_', '').replace(/\p{Nd}/gu, digitOf))
}

/** A decimal digit of any script as an ASCII one. Unicode has them in rows of ten, each from its zero on. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  let start = code
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1
  return String((code - start) % 10)
}

/** Python's `str(float)`: the shortest digits, as in JavaScript, in Python's notation. */
export function floatToText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 16) {
    const size = String(Math.abs(power)).padStart(2, '0')
    return `${sign}${digits}e${power < 0 ? '-' : '+'}${size}`
  }
  return sign + placePoint(digits.replace('.', ''), power)
}

function placePoint(digits: string, power: number): string {
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  return `${whole}.${digits.slice(power + 1) || '0'}`
}
