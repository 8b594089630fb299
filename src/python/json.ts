import { floatToText } from './text.js'

/**
 * A value as Python's `json` reads it. A number is kept as the text that Python's `str()` returns: a
 * text field gets this text, and JavaScript would round the number.
 */
export type PyValue = null | boolean | string | PyNumber | PyValue[] | Map<string, PyValue>

interface PyNumber {
  type: 'int' | 'float'
  text: string
}

/** The error for a text that is not JSON, with Python's message. */
export class PyJsonError extends Error {}

/**
 * Python 3.11's `json.loads` as Django REST framework calls it (no `NaN`, no `Infinity`), with
 * Python's messages and positions, which count code points.
 *
 * Throws a {@link PyJsonError}.
 */
export function loads(text: string): PyValue {
  // A shorter text cannot reach Python's limits of depth and digits, which `JSON.parse` does not have.
  return (text.length < DEEPEST ? loadsFlat(text) : undefined) ?? loadsAny(text)
}

/**
 * Reads an object of texts, booleans and nulls with `JSON.parse`, which treats these as Python does.
 * `undefined` for anything else.
 */
function loadsFlat(text: string): Map<string, PyValue> | undefined {
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const members = new Map<string, PyValue>()
  for (const [name, member] of Object.entries(value)) {
    if (typeof member !== 'string' && typeof member !== 'boolean' && member !== null)
      return undefined
    members.set(name, member)
  }
  return members
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads any JSON as `loads` does. */
export function loadsAny(text: string): PyValue {
  if (text.startsWith('\ufeff'))
    throw fault('Unexpected UTF-8 BOM (decode using utf-8-sig)', text, 0)
  const cursor: Cursor = { text, at: 0, depth: 0 }
  skipSpace(cursor)
  const value = readValue(cursor)
  skipSpace(cursor)
  if (cursor.at < text.length) throw fault('Extra data', text, cursor.at)
  return value
}

interface Cursor {
  readonly text: string
  at: number
  depth: number
}

/** The depth at about which Python reaches its recursion limit and crashes. Here it is a parse error. */
const DEEPEST = 990

/** The most digits that Python's `int()` accepts since 3.11. */
const MOST_DIGITS = 4300

const CONSTANTS = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const

const REFUSED_CONSTANTS = ['NaN', 'Infinity', '-Infinity']

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y

function skipSpace(cursor: Cursor): void {
  while (' \t\n\r'.includes(cursor.text[cursor.at] ?? '.')) cursor.at += 1
}

/** Skips `token` when it is next, and returns whether it was. */
function take(cursor: Cursor, token: string): boolean {
  if (!cursor.text.startsWith(token, cursor.at)) return false
  cursor.at += token.length
  return true
}

function readValue(cursor: Cursor): PyValue {
  const { text, at } = cursor
  if (take(cursor, '"')) return readString(cursor)
  if (take(cursor, '{')) return nested(cursor, 'object', readObject)
  if (take(cursor, '[')) return nested(cursor, 'array', readArray)
  for (const [name, value] of CONSTANTS) if (take(cursor, name)) return value
  for (const name of REFUSED_CONSTANTS) {
    if (!take(cursor, name)) continue
    throw new PyJsonError(`Out of range float values are not JSON compliant: '${name}'`)
  }
  return readNumber(cursor) ?? raise('Expecting value', text, at)
}

function nested<T>(cursor: Cursor, kind: string, read: (cursor: Cursor) => T): T {
  if (cursor.depth >= DEEPEST) {
    throw new PyJsonError(
      `maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`,
    )
  }
  cursor.depth += 1
  const value = read(cursor)
  cursor.depth -= 1
  return value
}

function readObject(cursor: Cursor): Map<string, PyValue> {
  const { text } = cursor
  const members = new Map<string, PyValue>()
  skipSpace(cursor)
  if (take(cursor, '}')) return members
  for (;;) {
    if (!take(cursor, '"')) {
      raise('Expecting property name enclosed in double quotes', text, cursor.at)
    }
    const key = readString(cursor)
    skipSpace(cursor)
    if (!take(cursor, ':')) raise("Expecting ':' delimiter", text, cursor.at)
    skipSpace(cursor)
    members.set(key, readValue(cursor))
    skipSpace(cursor)
    if (take(cursor, '}')) return members
    if (!take(cursor, ',')) raise("Expecting ',' delimiter", text, cursor.at)
    skipSpace(cursor)
  }
}

function readArray(cursor: Cursor): PyValue[] {
  const items: PyValue[] = []
  skipSpace(cursor)
  if (take(cursor, ']')) return items
  for (;;) {
    items.push(readValue(cursor))
    skipSpace(cursor)
    if (take(cursor, ']')) return items
    if (!take(cursor, ',')) raise("Expecting ',' delimiter", cursor.text, cursor.at)
    skipSpace(cursor)
  }
}

function readNumber(cursor: Cursor): PyNumber | undefined {
  NUMBER.lastIndex = cursor.at
  const match = NUMBER.exec(cursor.text)
  if (!match) return undefined
  const [literal, fraction, exponent] = match
  cursor.at += literal.length
  if (fraction || exponent) return { type: 'float', text: floatToText(Number(literal)) }
  const digits = literal.replace('-', '').length
  if (digits <= MOST_DIGITS) return { type: 'int', text: literal === '-0' ? '0' : literal }
  throw new PyJsonError(
    `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y

/** Reads a string after its opening quote. */
function readString(cursor: Cursor): string {
  const { text } = cursor
  const opening = cursor.at - 1
  let value = ''
  for (;;) {
    PLAIN_TEXT.lastIndex = cursor.at
    const plain = PLAIN_TEXT.exec(text)?.[0] ?? ''
    value += plain
    cursor.at += plain.length
    if (take(cursor, '"')) return value
    if (cursor.at >= text.length) raise('Unterminated string starting at', text, opening)
    if (!take(cursor, '\\')) raise('Invalid control character at', text, cursor.at)
    if (cursor.at >= text.length) raise('Unterminated string starting at', text, opening)
    value += readEscape(cursor)
  }
}

/** Reads an escape after its backslash. */
function readEscape(cursor: Cursor): string {
  const { text } = cursor
  if (take(cursor, 'u')) return String.fromCharCode(readCodeUnit(cursor))
  const escaped = ESCAPES[text.charAt(cursor.at)]
  if (escaped === undefined) raise('Invalid \\escape', text, cursor.at - 1)
  cursor.at += 1
  return escaped
}

/** The two `\u` escapes of a surrogate pair need no joining: JavaScript's strings consist of such units. */
function readCodeUnit(cursor: Cursor): number {
  const { text, at } = cursor
  const digits = text.slice(at, at + 4)
  const isClosed = at + 4 < text.length
  if (!isClosed || !/^[\dA-Fa-f]{4}$/.test(digits)) raise('Invalid \\uXXXX escape', text, at - 1)
  cursor.at += 4
  return Number.parseInt(digits, 16)
}

function raise(message: string, text: string, at: number): never {
  throw fault(message, text, at)
}

function fault(message: string, text: string, at: number): PyJsonError {
  const before = text.slice(0, at)
  const lines = before.split('\n')
  const column = codePoints(lines.at(-1) ?? '') + 1
  return new PyJsonError(
    `${message}: line ${lines.length} column ${column} (char ${codePoints(before)})`,
  )
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
