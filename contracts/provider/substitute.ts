import type { SentRequest } from '../http.js'

/** Values in a pact, and the real values that replace them. */
export type Substitutes = ReadonlyMap<string, string>

/**
 * A request with real values in place of those in the pact: segments of the path, words of headers, and
 * whole strings of a JSON body. All other bytes stay as they are.
 */
export function substitute(request: SentRequest, substitutes: Substitutes): SentRequest {
  if (substitutes.size === 0) return request
  const real = (text: string) => substitutes.get(text) ?? text
  return {
    ...request,
    path: mapParts(request.path, '/', (part) => {
      const decoded = decode(part)
      return substitutes.has(decoded) ? encodeURIComponent(real(decoded)) : part
    }),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, mapParts(value, ' ', real)]),
    ),
    body: substituteBody(request.body, substitutes),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function mapParts(text: string, separator: string, map: (part: string) => string): string {
  return text.split(separator).map(map).join(separator)
}

/** A string in JSON, with the colon that follows a key. */
const JSON_STRING = /("(?:[^"\\]|\\.)*")(\s*:)?/g

/** Replaces strings in the text of the JSON: parsing and writing it again would change numbers. */
function substituteBody(body: string, substitutes: Substitutes): string {
  if (!isJson(body)) return body
  return body.replace(JSON_STRING, (all, literal: string, colon?: string) => {
    const real = colon === undefined ? substitutes.get(JSON.parse(literal)) : undefined
    return real === undefined ? all : JSON.stringify(real)
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
