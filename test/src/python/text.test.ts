import { expect, test } from 'vitest'
import { floatToText, splitWords, strip, toInt } from '../../../src/python/text.js'

test.each([
  '\t\n\v\f\r ',
  '\u001c\u001d\u001e\u001f',
  '\u0085\u00a0\u1680',
  '\u2000\u200a\u2028\u2029\u202f\u205f\u3000',
])('strip removes %j at both ends and keeps it inside', (space) => {
  expect(strip(`${space}a${space}b${space}`)).toBe(`a${space}b`)
})

test.each(['\ufeff', '\u200b', '\u180e', '\0'])('strip keeps %j', (character) => {
  expect(strip(character)).toBe(character)
})

test('strip turns white space alone into an empty text', () => {
  expect(strip(' \u3000\t')).toBe('')
})

test('splitWords splits at runs of ASCII white space only', () => {
  expect(splitWords(' Bearer \t a\u00a0b  c ')).toEqual(['Bearer', 'a\u00a0b', 'c'])
  expect(splitWords('  ')).toEqual([])
})

test.each([
  ['4', 4],
  [' +4 ', 4],
  ['-4', -4],
  ['1_0', 10],
  ['007', 7],
])('%j is the int %d', (text, value) => {
  expect(toInt(text)).toBe(value)
})

test.each(['', '4.0', '1__0', '_1', '0x4', 'four', '+', '4 4'])('%j is not an int', (text) => {
  expect(toInt(text)).toBeUndefined()
})

// Recorded from Python 3.11.2: str(value)
test.each([
  [1, '1.0'],
  [0.1, '0.1'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.5e16, '1.5e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e-4, '0.0001'],
  [1e-5, '1e-05'],
  [0.00012345, '0.00012345'],
  [1.2e-7, '1.2e-07'],
  [1e21, '1e+21'],
  [1e100, '1e+100'],
  [-0, '-0.0'],
  [-1.5, '-1.5'],
  [5e-324, '5e-324'],
  [12345678.9, '12345678.9'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
])('the float %d reads %s', (value, text) => {
  expect(floatToText(value)).toBe(text)
})
