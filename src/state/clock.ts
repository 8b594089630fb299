import { DURATION_FORMS, type Duration, toMilliseconds, unitAdvice } from '../duration.js'
import { misuse } from '../misuse.js'

/** A point in time: a `Date`, an ISO 8601 text, or milliseconds since 1970. */
export type Instant = Date | string | number

/** The one clock of a provider: it signs tokens, checks them and ages the login limit. */
export interface Clock {
  /** The provider's present. */
  now(): Date
  /**
   * Moves the provider's present forward, and returns it.
   *
   * @throws a `RangeError` or a `TypeError` for anything but a duration with a unit, such as `'61m'`
   * @example
   * zapsign.time.advance('61m') // an access token that was issued before has expired
   */
  advance(duration: Duration): Date
  /**
   * Moves the provider's present to `instant`, and returns it. The clock runs on from there.
   *
   * @throws a `RangeError` or a `TypeError` for anything but a point in time
   * @example
   * zapsign.time.set('2030-01-01T00:00:00Z')
   */
  set(instant: Instant): Date
  /** Forgets every `advance` and `set`. */
  reset(): void
}

export const INSTANT_FORMS =
  'a Date, an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds'

/** The milliseconds since 1970 of an {@link Instant}, or `undefined` for anything else. */
export function toEpoch(value: unknown): number | undefined {
  const epoch = isInstant(value) ? new Date(value).getTime() : Number.NaN
  return Number.isNaN(epoch) ? undefined : epoch
}

const DATE = /^([-+]?\d{4,6})-(\d\d)(?:-(\d\d))?(.*)$/s

/** A time of day with its zone: without one, it would mean another instant on every machine. */
const TIME_IN_ZONE = /^[T ].*(?:Z|[-+]\d\d:?\d\d)$/is

/** Stricter than `Date`, which accepts `'1'` and reads February 30 as a day in March. */
function isInstant(value: unknown): value is Instant {
  if (typeof value === 'string') {
    const [, year, month, day = 1, time = ''] = DATE.exec(value) ?? []
    const isExact = time === '' || TIME_IN_ZONE.test(time)
    return isExact && Number(day) <= lastDayOf(Number(year), Number(month))
  }
  return typeof value === 'number' || value instanceof Date
}

/** The number of days in a month; `NaN`, which is less than no day, for a month that does not exist. */
function lastDayOf(year: number, month: number): number {
  // The calendar repeats every 400 years, and `Date.UTC` reads years below 100 as 19xx.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

/** The most milliseconds from 1970 that a `Date` can hold. */
const LAST_EPOCH = 8.64e15

/**
 * @param base The time that the clock follows, in milliseconds since 1970. @default the system clock,
 * read at every call, so that a test runner's fake `Date` works
 */
export function createClock(base: () => number = () => Date.now()): Clock {
  let offset = 0
  const now = () => new Date(Math.min(Math.max(base() + offset, -LAST_EPOCH), LAST_EPOCH))

  return {
    now,
    advance(duration) {
      const milliseconds = toMilliseconds(duration)
      if (milliseconds === undefined)
        throw misuse('time.advance', duration, DURATION_FORMS + unitAdvice(duration))
      return moveTo(base() + offset + milliseconds)
    },
    set(instant) {
      const epoch = toEpoch(instant)
      if (epoch === undefined) throw misuse('time.set', instant, INSTANT_FORMS)
      return moveTo(epoch)
    },
    reset() {
      offset = 0
    },
  }

  function moveTo(epoch: number): Date {
    if (Math.abs(epoch) > LAST_EPOCH) {
      throw new RangeError('The clock must stay within the years that a Date can hold (to 275760)')
    }
    offset = epoch - base()
    return now()
  }
}
