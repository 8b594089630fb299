import { expect, test } from 'vitest'
import { toMilliseconds } from '../../src/duration.js'

test.each([
  ['1h', 3_600_000],
  ['90s', 90_000],
  ['250ms', 250],
  ['5m', 300_000],
  ['1.5d', 129_600_000],
  ['0s', 0],
])('%j is %d milliseconds', (duration, milliseconds) => {
  expect(toMilliseconds(duration)).toBe(milliseconds)
})

test.each([
  '',
  'h',
  '1 h',
  '-1s',
  '1w',
  '1h30m',
  ' 1h',
  '1e3',
  -1,
  Number.NaN,
  Infinity,
  0,
  3600,
  '3600',
  null,
  {},
  true,
])('%j is not a duration', (value) => {
  expect(toMilliseconds(value)).toBeUndefined()
})
