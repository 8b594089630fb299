import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loads, loadsAny, PyJsonError, type PyValue } from '../../../src/python/json.js'

// Recorded from Python 3.11.2: json.loads(text, parse_constant=rest_framework.utils.json.strict_constant)
test.each([
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  [' ', 'Expecting value: line 1 column 2 (char 1)'],
  ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"', 'Unterminated string starting at: line 1 column 2 (char 1)'],
  ['{"a', 'Unterminated string starting at: line 1 column 2 (char 1)'],
  ['{"a"', "Expecting ':' delimiter: line 1 column 5 (char 4)"],
  ['{"a":', 'Expecting value: line 1 column 6 (char 5)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['{"a":1,', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{"a":1 "b"', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ['{a:1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ["{'a':1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[', 'Expecting value: line 1 column 2 (char 1)'],
  ['[1', "Expecting ',' delimiter: line 1 column 3 (char 2)"],
  ['[1,', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['[]]', 'Extra data: line 1 column 3 (char 2)'],
  ['{}x', 'Extra data: line 1 column 3 (char 2)'],
  ['1 2', 'Extra data: line 1 column 3 (char 2)'],
  ['nul', 'Expecting value: line 1 column 1 (char 0)'],
  ['tru', 'Expecting value: line 1 column 1 (char 0)'],
  ['NaN', "Out of range float values are not JSON compliant: 'NaN'"],
  ['[NaN]', "Out of range float values are not JSON compliant: 'NaN'"],
  ['Infinity', "Out of range float values are not JSON compliant: 'Infinity'"],
  ['-Infinity', "Out of range float values are not JSON compliant: '-Infinity'"],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['-a', 'Expecting value: line 1 column 1 (char 0)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['1.', 'Extra data: line 1 column 2 (char 1)'],
  ['1.e5', 'Extra data: line 1 column 2 (char 1)'],
  ['.5', 'Expecting value: line 1 column 1 (char 0)'],
  ['1e', 'Extra data: line 1 column 2 (char 1)'],
  ['+1', 'Expecting value: line 1 column 1 (char 0)'],
  ['"', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"\\"', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
  ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\u123g"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"\\ud83d\\u12g4"', 'Invalid \\uXXXX escape: line 1 column 9 (char 8)'],
  ['"\\u1234', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['"a\tb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['{"a":1,\n"b":x}', 'Expecting value: line 2 column 5 (char 12)'],
  ['\n\n  {"a"\n:\n}', 'Expecting value: line 5 column 1 (char 11)'],
  ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
  ['😀', 'Expecting value: line 1 column 1 (char 0)'],
  ['{"😀":x}', 'Expecting value: line 1 column 6 (char 5)'],
  ['"😀\n"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['{"a":"😀"x', "Expecting ',' delimiter: line 1 column 9 (char 8)"],
  ['\u00a01', 'Expecting value: line 1 column 1 (char 0)'],
  ['//c\n{}', 'Expecting value: line 1 column 1 (char 0)'],
  ['{"username":"x",\n  "password": }', 'Expecting value: line 2 column 15 (char 31)'],
  ['{1:2}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"a":1}}', 'Extra data: line 1 column 8 (char 7)'],
  ['{"a"::1}', 'Expecting value: line 1 column 6 (char 5)'],
  ['[,1]', 'Expecting value: line 1 column 2 (char 1)'],
  ['{,}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['"\\ud83d', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
])('%j is refused as Python refuses it', (text, message) => {
  expect(() => loads(text)).toThrow(new PyJsonError(message))
})

test.each([
  ['1', '1'],
  ['-0', '0'],
  ['-7', '-7'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['1.0', '1.0'],
  ['-0.0', '-0.0'],
  ['1e5', '100000.0'],
  ['1E+16', '1e+16'],
  ['0.00001', '1e-05'],
  ['1e400', 'inf'],
])('the number %s reads %s, as str() writes it', (text, written) => {
  expect(loads(text)).toEqual({ type: /[.eE]/.test(text) ? 'float' : 'int', text: written })
})

test('an integer of more than 4300 digits is refused with Python’s message', () => {
  expect(() => loads('1'.repeat(4301))).toThrow(
    'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit',
  )
})

test('the last of duplicate keys wins, and __proto__ is a key like any other', () => {
  expect(loads('{"a":"1","a":"2","__proto__":"x"}')).toEqual(
    new Map([
      ['a', '2'],
      ['__proto__', 'x'],
    ]),
  )
})

test('escapes are resolved, a lone surrogate stays', () => {
  expect(loads('"\\u00e9\\ud83d\\ude00\\ud800\\/\\n"')).toBe('é😀\ud800/\n')
})

test.each(['[', '{"a":'])(
  '%j nested a hundred thousand levels deep is refused without a crash',
  (opening) => {
    expect(() => loads(opening.repeat(100_000))).toThrow(/^maximum recursion depth exceeded/)
  },
)

test('loads reads the output of JSON.stringify', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(toPlain(loads(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('loads accepts and refuses the same texts as JSON.parse', () => {
  const nearlyJson = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', 'e', ' '),
    )
    .map(([text, position, change]) => {
      const at = position % (text.length + 1)
      return text.slice(0, at) + change + text.slice(at + 1)
    })
  fc.assert(
    fc.property(nearlyJson, (text) => {
      expect(isAccepted(loads, text)).toBe(isAccepted(JSON.parse, text))
    }),
    { numRuns: 2000 },
  )
})

function isAccepted(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** What JSON.parse would make of the same text. */
function toPlain(value: PyValue): unknown {
  if (Array.isArray(value)) return value.map(toPlain)
  if (value instanceof Map) {
    const plain = {}
    for (const [key, member] of value) {
      const property = {
        value: toPlain(member),
        enumerable: true,
        configurable: true,
        writable: true,
      }
      Object.defineProperty(plain, key, property)
    }
    return plain
  }
  if (typeof value === 'object' && value !== null) return Number(value.text)
  return value
}

test('JSON.parse is used only for text that Python reads in the same way', () => {
  const outcome = (read: (text: string) => unknown, text: string) => {
    try {
      return read(text)
    } catch (error) {
      return String(error)
    }
  }
  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', ':', ',', '"', '\\', 'u0041', 'ud800', '\u00e9', '\ud83d', '\0', '\n'],
    ...[
      ' ',
      '\ufeff',
      '\u00a0',
      'null',
      'true',
      'NaN',
      '-0',
      '1e999',
      '"a"',
      '"a":"b"',
      '__proto__',
    ],
  )
  const flat = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.boolean()))
  const text = fc.oneof(
    fc.json(),
    fc.json({ stringUnit: 'binary' }),
    flat.map((value) => JSON.stringify(value, null, 1)),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.tuple(flat, piece, fc.nat()).map(([value, inserted, place]) => {
      const json = JSON.stringify(value)
      const at = place % (json.length + 1)
      return json.slice(0, at) + inserted + json.slice(at)
    }),
  )
  fc.assert(
    fc.property(text, (json) => {
      expect(outcome(loads, json)).toEqual(outcome(loadsAny, json))
    }),
    { numRuns: 20_000 },
  )
})

test.each([
  ['digits', `{"a":${'1'.repeat(5000)},"a":"x"}`],
  ['depth', `{"a":${'['.repeat(2000)}${']'.repeat(2000)},"a":"x"}`],
])('a limit of Python counts in a member that another one replaces: %s', (_, text) => {
  expect(() => loads(text)).toThrow()
})
