import { parse } from 'lossless-json'
import { isObject } from '../is-object.js'

/** A JSON object, or why the text is not one: "it begins with a byte order mark". */
export function readObject(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : `it is ${nameOf(value)}, not an object`
  } catch {
    return causeOf(text)
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

function causeOf(text: string): string {
  if (text.trim() === '') return 'it is empty'
  if (text.startsWith('\ufeff')) return 'it begins with a byte order mark'
  const place = placeOf(text)
  return place ? `it is not valid JSON at ${place}` : 'it is not valid JSON'
}

/** Where a text stops being JSON. What JSON.parse says may quote the text, and not every version says where. */
function placeOf(text: string): string | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? []
    if (position === undefined) return undefined
    const before = text.slice(0, Number(position)).split('\n')
    return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  }
}
