import { PROMISE_NAMES, type PromiseName } from './promises.js'

/** Throws a `RangeError` for what is no promise. */
export function oneOfPromises(name: unknown): PromiseName {
  const known = PROMISE_NAMES.find((one) => one === name)
  if (known) return known
  throw new RangeError(
    `There is no promise ${JSON.stringify(name)}: there are ${PROMISE_NAMES.join(', ')}`,
  )
}

/** Throws a `RangeError` for no promise at all, or for what is none, and a `TypeError` for no list. */
export function somePromises(names: readonly unknown[]): PromiseName[] {
  if (!Array.isArray(names)) throw new TypeError('promises must be a list of names')
  if (names.length === 0)
    throw new RangeError(`No promise was asked for: there are ${PROMISE_NAMES.join(', ')}`)
  return names.map(oneOfPromises)
}

/** Whether a client may be called so: the name is part of a file's. */
export function isConsumerName(name: unknown): name is string {
  return typeof name === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name)
}

/** Throws a `RangeError` for what no client may be called. */
export function consumerName(name: unknown): string {
  if (isConsumerName(name)) return name
  throw new RangeError(
    `A consumer's name must be letters, digits, spaces, dots, hyphens and underscores, got ${JSON.stringify(name)}`,
  )
}

/**
 * Throws a `RangeError` for a URL that requests could not be sent below. One that may hold a password
 * is not repeated.
 */
export function checkBaseUrl(name: string, value: unknown): string {
  const text = String(value)
  const got = text.includes('@') ? '' : `, got ${JSON.stringify(text)}`
  const { protocol, username, password, search, hash } = URL.canParse(text)
    ? new URL(text)
    : new URL('about:blank')
  if (username || password) throw new RangeError(`${name} must hold no user name and no password`)
  if (/^https?:$/.test(protocol) && !search && !hash) return text
  throw new RangeError(
    `${name} must be an http or https URL without a query, such as "https://sandbox.api.zapsign.com.br"${got}`,
  )
}
