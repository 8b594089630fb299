import { DURATION_FORMS, type Duration, toMilliseconds } from '../duration.js'
import { misuse } from '../misuse.js'

/** A point in time: a `Date`, an ISO 8601 text, or milliseconds since 1970. */
export type Instant = Date | string | number

/** The one clock that signs tokens, checks them, and ages the login limit. */
export interface Clock {
  /** The provider's present. */
  now(): Date
  /** Moves the provider's present forward, and returns it. Throws a `RangeError` or a `TypeError` for no duration. */
  advance(duration: Duration): Date
  /**
   * Moves the provider's present to `instant`, and returns it; the clock runs on from there. Throws a
   * `RangeError` or a `TypeError` for what is none.
   */
  set(instant: Instant): Date
  /** Forgets every `advance` and `set`. */
  reset(): void
}

export const INSTANT_FORMS =
  'a Date, an ISO 8601 date such as "2026-01-31T12:00:00Z", or milliseconds'

/** The milliseconds since 1970 of an {@link Instant}, or `undefined` when it is none. */
export function toEpoch(value: unknown): number | undefined {
  const epoch = isInstant(value) ? new Date(value).getTime() : Number.NaN
  return Number.isNaN(epoch) ? undefined : epoch
}

/** `Date` would make something of almost any text: of `'1'`, and March of February's 30th. */
function isInstant(value: unknown): value is Instant {
  if (typeof value === 'string') {
    const [, year, month, day = 1] = /^([-+]?\d{4,6})-(\d\d)(?:-(\d\d))?/.exec(value) ?? []
    return Number(day) <= lastDayOf(Number(year), Number(month))
  }
  return typeof value === 'number' || value instanceof Date
}

/** How many days a month has; `NaN`, which no day is up to, where there is none. */
function lastDayOf(year: number, month: number): number {
  // Calendars repeat after 400 years, and `Date.UTC` takes years below 100 for others.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

/** The most milliseconds from 1970 that a `Date` can hold. */
const LAST_EPOCH = 8.64e15

/**
 * @param base The time from outside, in milliseconds since 1970. The system clock by default, read
 * anew at every call so that a test runner's fake `Date` is seen.
 */
export function createClock(base: () => number = () => Date.now()): Clock {
  let offset = 0
  const now = () => new Date(Math.min(Math.max(base() + offset, -LAST_EPOCH), LAST_EPOCH))

  return {
    now,
    advance(duration) {
      const milliseconds = toMilliseconds(duration)
      if (milliseconds === undefined) throw misuse('time.advance', duration, DURATION_FORMS)
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
      throw new RangeError('The clock cannot leave the years that a Date can hold (to 275760)')
    }
    offset = epoch - base()
    return now()
  }
}
