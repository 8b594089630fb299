import { expect, test } from 'vitest'
import { areTimesValid, toInteger } from '../../../src/framework/claim-times.js'
import { PyCrash } from '../../../src/python/crash.js'

const NOW = 1_700_000_000_500
const SECONDS = 1_700_000_000

test.each<[object, boolean]>([
  [{}, true],
  [{ exp: SECONDS + 1 }, true],
  [{ exp: SECONDS }, false],
  [{ exp: SECONDS + 0.9 }, false],
  [{ exp: true }, false],
  [{ exp: Number.NaN }, false],
  [{ exp: 'soon' }, false],
  [{ exp: '9e9' }, false],
  [{ nbf: SECONDS }, true],
  [{ nbf: SECONDS + 0.9 }, true],
  [{ nbf: SECONDS + 1 }, false],
  [{ nbf: ' 1_0 ' }, true],
  [{ nbf: '0x10' }, false],
  [{ iat: SECONDS }, true],
  [{ iat: SECONDS + 0.1 }, false],
  [{ iat: false }, true],
  [{ iat: '' }, false],
])('the times %j: valid is %s', (claims, expected) => {
  expect(areTimesValid({ ...claims }, NOW)).toBe(expected)
})

test.each([
  { exp: String(SECONDS + 1) },
  { exp: 253_402_300_800 },
  { exp: null },
  { exp: [SECONDS + 1] },
  { exp: Number.POSITIVE_INFINITY },
  { nbf: {} },
  { iat: '5' },
])('the frameworks crash on %j', (claims) => {
  expect(() => areTimesValid(claims, NOW)).toThrow(PyCrash)
})

test('an integer has digits of any script', () => {
  expect([toInteger('\u0661\u0660'), toInteger('\u{1d7d8}'), toInteger('+07')]).toEqual([10, 0, 7])
})
