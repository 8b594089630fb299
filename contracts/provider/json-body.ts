import { isObject } from '../is-object.js'
import { jsonFault } from '../json-fault.js'

/** A JSON object, or why the text is not one: "it begins with a byte order mark". */
export function readObject(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : `it is ${nameOf(value)}, not an object`
  } catch {
    return jsonFault(text)
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
