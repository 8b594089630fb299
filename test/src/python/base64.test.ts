import fc from 'fast-check'
import { expect, test } from 'vitest'
import { b64decode } from '../../../src/python/base64.js'

// What Python 3.11's base64.b64decode() makes of each.
test.each([
  ['', ''],
  ['aGVsbG8=', 'hello'],
  ['aGVs\r\nbG8=', 'hello'],
  ['aG!Vs*bG8=', 'hello'],
  ['QQ==QUJD', 'A'],
  ['QQ=', undefined],
  ['QQ=\n=', 'A'],
  ['QQ=B', undefined],
  ['QQ=B=', 'A\0'],
  ['Q===', undefined],
  ['====', ''],
  ['=QUJD', 'ABC'],
  ['QUJDR', undefined],
])('%j is %j', (text, decoded) => {
  expect(b64decode(text)).toBe(decoded)
})

test('b64decode reads the output of btoa', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = String.fromCharCode(...bytes)
      expect(b64decode(btoa(text))).toBe(text)
    }),
  )
})
