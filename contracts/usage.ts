import { PROMISE_NAMES, type PromiseName } from './promises.js'

/** Throws a `RangeError` for what is no promise. */
export function oneOfPromises(name: unknown): PromiseName {
  const known = PROMISE_NAMES.find((one) => one === name)
  if (known) return known
  throw new RangeError(
    `There is no promise ${JSON.stringify(name)}: there are ${PROMISE_NAMES.join(', ')}`,
  )
}

/** Throws a `RangeError` for a name that could not be part of a file's. */
export function consumerName(name: unknown): string {
  if (typeof name === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name)) return name
  throw new RangeError(
    `A consumer's name must be letters, digits, spaces, dots, hyphens and underscores, got ${JSON.stringify(name)}`,
  )
}
