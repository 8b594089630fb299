import { isObject } from '../is-object.js'
import { toCompactJson } from '../pact/json-text.js'

/**
 * The body of an interaction's request with the numbers and the order of keys that the pact has: Pact
 * writes `1.0` for `1e0`, sorts keys and rounds large integers. `sent` is what Pact sent, and stays where
 * the pact asks Pact to generate values, or where the body is not a JSON object or list.
 */
export function exactBody(content: Readonly<Record<string, unknown>>, sent: string): string {
  const request = content['request']
  if (!isObject(request) || !/^\s*[{[]/.test(sent)) return sent
  const { body, generators } = request
  if (isObject(generators) && isFilled(generators['body'])) return sent
  const isWrapped = isObject(body) && typeof body['contentType'] === 'string' && 'content' in body
  const value = isWrapped ? body['content'] : body
  if (!isObject(value) && !Array.isArray(value)) return sent
  return toCompactJson(value)
}

function isFilled(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0
}
