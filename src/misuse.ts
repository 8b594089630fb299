import { printableJson } from './printable.js'

/** The shared state cannot be reached or used. The message holds no secret. */
export class StoreError extends Error {}

/** An error with a message of our own that holds no secret, so a client may read it over HTTP. */
export class OwnError extends RangeError {}

/**
 * The error for wrong use of the toolkit: a `TypeError` for a value of the wrong type, a `RangeError`
 * for a value of the right type that is not allowed.
 */
export function misuse(name: string, received: unknown, accepted: string): TypeError | RangeError {
  const message = `${name} must be ${accepted}, got ${show(received)}`
  return ['string', 'number'].includes(typeof received)
    ? new RangeError(message)
    : new TypeError(message)
}

/** Whether a value is a plain object, as `{}` creates it: not a list, a date, a map or a promise. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const SHOWN_LENGTH = 80

/** A value as an error message shows it: as JSON, and cut when it is long. */
export function show(value: unknown): string {
  if (value === undefined || typeof value === 'bigint' || typeof value === 'symbol')
    return String(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'function') return 'a function'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = printableJson(value)
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text
}

/** The kind of a value, for messages that must not show the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  const type = typeof value
  if (type === 'undefined') return 'nothing'
  return type === 'object' ? 'an object' : `a ${type}`
}
