/** @import { State } from './types.js' */

/** A difference that a slow reply can cause. It does not count as a moved clock. */
const TOLERANCE = 2000

/**
 * The mock's present in milliseconds since 1970.
 * @param {State['clock']} clock
 */
export function nowOf({ ahead, frozen }) {
  return frozen ?? Date.now() + ahead
}

/**
 * How far the mock's clock is from the browser's, as `+61 min`; nothing where they agree.
 * @param {State['clock']} clock
 */
export function offsetOf(clock) {
  const offset = nowOf(clock) - Date.now()
  if (Math.abs(offset) < TOLERANCE) return undefined
  const seconds = Math.round(Math.abs(offset) / 1000)
  return (offset < 0 ? '−' : '+') + inLargestUnit(seconds)
}

/** @param {number} seconds */
function inLargestUnit(seconds) {
  const minutes = Math.round(seconds / 60)
  const hours = Math.round(minutes / 6) / 10
  if (seconds < 120) return `${seconds} s`
  if (minutes < 180) return `${minutes} min`
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 2.4) / 10} d`
}

/**
 * A length of time as `43:12`, `1:02:03` or `2 d 01:02:03`. Every digit keeps its place.
 * @param {number} milliseconds
 */
export function countdown(milliseconds) {
  const total = Math.max(0, Math.ceil(milliseconds / 1000))
  const [days, hours, minutes, seconds] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ]
  const clock = `${two(minutes)}:${two(seconds)}`
  if (days > 0) return `${days} d ${two(hours)}:${clock}`
  return hours > 0 ? `${hours}:${clock}` : clock
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, '0')
}

/**
 * The date and the time of day in UTC.
 * @param {number} epoch
 */
export function utc(epoch) {
  const text = new Date(epoch).toISOString()
  const [date = '', time = ''] = text.split('T')
  return { date, time: time.slice(0, 8) }
}
