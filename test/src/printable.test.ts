import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable, printableJson } from '../../src/printable.js'

const HARMFUL = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

const text = fc.string({ unit: 'binary', maxLength: 50 })

test('a printable text has no control characters and keeps all others', () => {
  expect(printable('a\tb\u001b[31m\r\n\u009b2J\u009d0;x\u0007\u202eçõ€😀')).toBe(
    'a b�[31m���2J�0;x��çõ€😀',
  )
  fc.assert(fc.property(text, (given) => !HARMFUL.test(printable(given))))
})

test('printable JSON has no control characters and means the same', () => {
  expect(printableJson({ path: '/\u0085\u2028\u009b\u202e' })).toBe(
    '{"path":"/\\u0085\\u2028\\u009b\\u202e"}',
  )
  fc.assert(
    fc.property(fc.dictionary(text, text), (given) => {
      const line = printableJson(given)
      expect(JSON.parse(line)).toEqual({ ...given })
      return !HARMFUL.test(line)
    }),
  )
})
