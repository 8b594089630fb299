import * as v from 'valibot'
import type { ZapSign } from '../src/index.js'
// The only values that contracts take from the core: they know nothing about ZapSign.
import { objectOf, validate } from '../src/validate.js'
import { PROMISE_NAMES, type PromiseName } from './promises.js'

export { objectOf, validate }

/**
 * One schema for each option of an interface. An option without a schema, a schema without an option
 * and a schema of another type do not compile.
 */
export type SchemasOf<T> = {
  readonly [K in keyof T]-?: v.GenericSchema<T[K], unknown>
}

/**
 * Checks options and fills in the defaults. The type of `options` is the schema's own, so that an
 * interface that allows more than its schema does not compile. Throws what {@link validate} throws.
 */
export function check<const S extends v.GenericSchema>(
  schema: S,
  options: v.InferInput<S>,
): v.InferOutput<S> {
  return validate(schema, options ?? {})
}

/** A string that is not empty. */
export const filled = (accepted: string) => v.pipe(v.string(accepted), v.nonEmpty(accepted))

/** A string that may be left out, but is not empty. */
export const text = (accepted: string) => v.optional(filled(accepted))

/** `true` or `false`. */
export const flag = v.optional(v.boolean('true or false'), false)

/** A list, of which nothing is changed. */
export function listOf<I, O>(
  item: v.GenericSchema<I, O>,
  accepted: string,
): v.GenericSchema<readonly I[], readonly O[]> {
  return v.pipe(v.array(item, accepted), v.minLength(1, accepted))
}

const PROMISE_FORMS = `one of ${PROMISE_NAMES.join(', ')}`

const listOfPromises = listOf(
  v.picklist(PROMISE_NAMES, PROMISE_FORMS),
  `"all", or a list of promises, at least ${PROMISE_FORMS}`,
)

/** Names of promises: at least one, or all. */
export const promiseNames: v.GenericSchema<'all' | readonly PromiseName[]> = v.lazy((input) =>
  input === 'all' ? v.literal('all') : listOfPromises,
)

const CONSUMER_FORMS =
  'a name with a letter or a digit, without control characters, at most 200 bytes long'

/** The name of a client in a pact, such as `@acme/billing` or `Billing (web)`. */
export const consumerName = v.pipe(
  v.string(CONSUMER_FORMS),
  v.check(isConsumerName, CONSUMER_FORMS),
  // macOS decomposes accents in the names of files and folders.
  v.transform((name) => name.normalize('NFC')),
)

function isConsumerName(name: string): boolean {
  const isReadable = /[\p{L}\p{N}]/u.test(name) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)
  return isReadable && name.trim() === name && Buffer.byteLength(name) <= 200
}

/** A whole number within a range. */
export function wholeNumber(least: number, most: number) {
  const accepted = `a whole number from ${least} to ${most}`
  return v.pipe(
    v.number(accepted),
    v.integer(accepted),
    v.minValue(least, accepted),
    v.maxValue(most, accepted),
  )
}

const WAIT_FORMS = 'a number of milliseconds, more than 0 and at most 2147483647'

/** Milliseconds that a timer of JavaScript can wait. */
export const milliseconds = v.pipe(
  v.number(WAIT_FORMS),
  v.check((value) => value > 0 && value <= 2 ** 31 - 1, WAIT_FORMS),
)

/** A function. */
export const callable = <F extends (...args: never[]) => unknown>(accepted: string) =>
  v.custom<F>((value) => typeof value === 'function', accepted)

/** A provider in memory. */
export const zapsign = v.custom<ZapSign>(isZapSign, 'a ZapSign, which createZapSign() returns')

/** Whether a value is a provider in memory. */
export function isZapSign(value: unknown): value is ZapSign {
  const { reply, users } = Object(value)
  return typeof reply === 'function' && typeof users === 'object' && users !== null
}

const URL_FORMS =
  'an http or https URL without user name, password, query and fragment, such as "https://sandbox.api.zapsign.com.br"'

/** A URL below which requests can be sent. */
export const baseUrl = v.optional(v.pipe(v.string(URL_FORMS), v.rawCheck(refuseOtherUrls)))

function refuseOtherUrls({ dataset, addIssue }: v.RawCheckContext<string>): void {
  if (!dataset.typed || isBaseUrl(dataset.value)) return
  // A password or a token may be in it.
  const input = /[@?#]/.test(dataset.value) ? '(withheld)' : dataset.value
  addIssue({ message: URL_FORMS, input })
}

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, search, hash } = new URL(value)
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash
}

/** Options that are of no use alone: the first needs all of the others. */
export type Needs<Name extends string> = readonly (readonly [Name, readonly Name[]])[]

/**
 * Checks which options need others. An option that is `undefined` or `false` is not given. Throws a
 * `TypeError` that names both options as `nameOf` does: a flag, a variable, a key.
 */
export function checkNeeds<Name extends string>(
  options: Readonly<Partial<Record<Name, unknown>>>,
  needs: Needs<Name>,
  nameOf: (name: Name) => string = (name) => name,
): void {
  for (const [name, needed] of needs) {
    if (options[name] === undefined || options[name] === false) continue
    const missing = needed.find((one) => !options[one])
    if (missing) throw new TypeError(`${nameOf(name)} needs ${nameOf(missing)}`)
  }
}
