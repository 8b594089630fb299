import * as v from 'valibot'
import { kindOf, show } from './misuse.js'

/** Names the place of a mistake in a message; `''` is the whole value. */
export type NamePlace = (path: string) => string

/** A strict object schema whose message lists its keys. It refuses arrays. */
export function objectOf<const E extends v.ObjectEntries>(entries: E) {
  const accepted = `an object with the keys ${Object.keys(entries).join(', ')}`
  const object = v.strictObject(entries, accepted)
  const nothing = v.never(accepted) as never as typeof object
  return v.lazy((input) => (Array.isArray(input) ? nothing : object))
}

/**
 * Parses `input` with a schema whose messages say what is accepted.
 *
 * Throws a `TypeError` for a wrong type, a missing or an unknown key, a `RangeError` for a value
 * that is not allowed: one line that names the place, the value received and what is accepted.
 */
export function validate<const S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  namePlace: NamePlace = (path) => path || 'options',
): v.InferOutput<S> {
  const result = v.safeParse(schema, input, { abortEarly: true })
  if (result.success) return result.output
  throw explain(result.issues[0], namePlace)
}

/** Options whose values never appear in a message. */
const SECRET = /password|token|signingKey|claims|^store$|^tls(\.key)?$|^users(\[\d+\])?$/i

function explain(issue: v.BaseIssue<unknown>, namePlace: NamePlace): TypeError | RangeError {
  const path = toBrackets(v.getDotPath(issue) ?? '')
  const name = namePlace(path)
  if (issue.type === 'strict_object' && issue.expected !== 'Object') {
    const fault = issue.expected === 'never' ? 'is not known' : 'is missing'
    // The name of a file is in `name` already.
    const parent = parentOf(path) || namePlace('')
    return new TypeError(`${name} ${fault}: ${parent} must be ${issue.message}`)
  }
  // A text instead of an object may be the content of a file, secrets included.
  const isSecret = SECRET.test(path) || (path === '' && typeof issue.input === 'string')
  const message = `${name} must be ${issue.message}`
  if (issue.kind === 'validation' || issue.type === 'picklist') {
    return new RangeError(isSecret ? message : `${message}, got ${show(issue.input)}`)
  }
  return new TypeError(`${message}, got ${isSecret ? kindOf(issue.input) : show(issue.input)}`)
}

/** `users.0.password` as `users[0].password`. */
function toBrackets(path: string): string {
  return path.replace(/\.(\d+)(?=\.|$)/g, '[$1]')
}

function parentOf(path: string): string {
  return path.replace(/(^|\.)[^.]*$/, '')
}
