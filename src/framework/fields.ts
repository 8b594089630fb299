import type { PyValue } from '../python/json.js'
import { strip } from '../python/text.js'
import { type Messages, UNTRANSLATED } from './messages.js'

/** An uploaded file. Its content does not matter: a text field refuses it. */
export const FILE = Symbol('file')

/** The value of one field in a body. */
export type FieldValue = PyValue | typeof FILE

/** A parsed body: named fields, or any other JSON value. */
export type BodyData = Exclude<PyValue, Map<string, PyValue>> | Map<string, FieldValue>

/** The messages of each wrong field, by field name. */
export type FieldErrors = Record<string, string[]>

export type Validation<N extends string> =
  | { values: Record<N, string>; errors?: never }
  | { errors: FieldErrors; values?: never }

/**
 * Validates text fields as Django REST framework's serializers do: numbers become text, and white
 * space at the ends is removed, from passwords too.
 */
export function validateFields<N extends string>(
  data: BodyData,
  names: readonly N[],
  messages: Messages,
): Validation<N> {
  if (!(data instanceof Map)) return { errors: { non_field_errors: [notFields(data, messages)] } }
  const errors: FieldErrors = {}
  for (const name of names) {
    const faults = faultsOf(data.get(name), messages)
    if (faults) errors[name] = faults
  }
  if (Object.keys(errors).length > 0) return { errors }
  const values = {} as Record<N, string>
  for (const name of names) values[name] = toText(data.get(name))
  return { values }
}

function notFields(data: Exclude<BodyData, Map<string, FieldValue>>, messages: Messages): string {
  return data === null ? UNTRANSLATED.noData : messages.notADictionary(typeName(data))
}

function typeName(data: Exclude<BodyData, Map<string, FieldValue> | null>): string {
  if (typeof data === 'boolean') return 'bool'
  if (typeof data === 'string') return 'str'
  return Array.isArray(data) ? 'list' : data.type
}

/** The trimmed text of a field; empty for a value that is not text. */
function toText(value: FieldValue | undefined): string {
  if (typeof value === 'string') return strip(value)
  return isNumber(value) ? value.text : ''
}

function isNumber(value: FieldValue | undefined): value is Extract<FieldValue, { type: unknown }> {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** What no text may contain: null characters and surrogates, which may be in pairs. */
const DUBIOUS = /[\0\ud800-\udfff]/

function faultsOf(value: FieldValue | undefined, messages: Messages): string[] | undefined {
  if (value === undefined) return [messages.required]
  if (value === null) return [messages.null]
  if (typeof value !== 'string' && !isNumber(value)) return [UNTRANSLATED.invalidString]
  const text = toText(value)
  if (text === '') return [messages.blank]
  return DUBIOUS.test(text) ? characterFaults(text, messages) : undefined
}

function characterFaults(text: string, messages: Messages): string[] | undefined {
  const surrogate = loneSurrogate(text)
  const faults = [
    ...(text.includes('\0') ? [messages.nullCharacters] : []),
    ...(surrogate ? [UNTRANSLATED.surrogate(surrogate)] : []),
  ]
  return faults.length > 0 ? faults : undefined
}

/** The first lone surrogate of a text, as `U+D800`. */
function loneSurrogate(text: string): string | undefined {
  const code = /\p{Surrogate}/u.exec(text)?.[0].charCodeAt(0)
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase()}`
}
