import { afterEach, expect, test, vi } from 'vitest'
import { createClock } from '../../../src/state/clock.js'

afterEach(() => {
  vi.useRealTimers()
})

test('the clock follows the system clock, also a faked one', () => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  const clock = createClock()
  vi.setSystemTime(new Date('2027-06-01T00:00:00Z'))
  expect(clock.now()).toEqual(new Date('2027-06-01T00:00:00Z'))
})

test('advance adds to what the system clock says, again and again', () => {
  vi.useFakeTimers({ now: 0 })
  const clock = createClock()
  clock.advance('1h')
  expect(clock.advance('60s')).toEqual(new Date(3_660_000))
  vi.setSystemTime(1000)
  expect(clock.now()).toEqual(new Date(3_661_000))
})

test('set moves to a date, and time runs on from there', () => {
  vi.useFakeTimers({ now: 0 })
  const clock = createClock()
  expect(clock.set('2030-01-01T00:00:00Z')).toEqual(new Date('2030-01-01T00:00:00Z'))
  vi.advanceTimersByTime(5000)
  expect(clock.now()).toEqual(new Date('2030-01-01T00:00:05Z'))
})

test('set can move the clock back', () => {
  const clock = createClock(() => 10_000)
  expect(clock.set(new Date(1000))).toEqual(new Date(1000))
})

test('reset forgets advance and set', () => {
  const clock = createClock(() => 1000)
  clock.advance('1d')
  clock.set(5)
  clock.reset()
  expect(clock.now()).toEqual(new Date(1000))
})

test.each([
  [
    'soon',
    'time.advance must be a duration with a unit, such as "1h", "90s" or "250ms", got "soon"',
    RangeError,
  ],
  [
    1000,
    'time.advance must be a duration with a unit, such as "1h", "90s" or "250ms" (write "1000s" or "1000ms"), got 1000',
    RangeError,
  ],
  [
    null,
    'time.advance must be a duration with a unit, such as "1h", "90s" or "250ms", got null',
    TypeError,
  ],
])('advance refuses %j', (value, message, kind) => {
  const clock = createClock(() => 0)
  expect(() => clock.advance(value as never)).toThrow(new kind(message))
  expect(clock.now()).toEqual(new Date(0))
})

test.each(['2026-01-31T12:00:00Z', '2026-01-31T14:00:00+02:00', '2026-01-31T14:00:00.000+0200'])(
  'a time of day with its zone is an instant: %s',
  (text) => {
    expect(createClock().set(text)).toEqual(new Date(Date.UTC(2026, 0, 31, 12)))
  },
)

test('the last day of a month is accepted', () => {
  for (const last of ['2028-02-29', '2026-02-28T23:59:59Z', '0004-02-29', '+275760-08-31']) {
    expect(createClock().set(last)).toEqual(new Date(last))
  }
})

test.each([
  'not a date',
  '2026-02-30',
  '2026-02-29T12:00:00Z',
  '2026-04-31',
  '1900-02-29',
  '2026-01-31T12:00:00',
  '2026-01-31T12:00',
  '2026-01-31 12:00:00.5',
  new Date(Number.NaN),
  undefined,
  true,
  null,
])('set refuses %j', (value) => {
  expect(() => createClock().set(value as never)).toThrow(
    /^time\.set must be a Date, an ISO 8601 date such as .*, or milliseconds, got /,
  )
})

test('the clock stays within the years that a Date can hold', () => {
  expect(() => createClock(() => 0).advance('1000000000d')).toThrow(RangeError)
})
