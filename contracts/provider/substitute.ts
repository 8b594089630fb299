import type { SentRequest } from '../http.js'

/** Values that stand in a pact, and the real ones to put in their place. */
export type Substitutes = ReadonlyMap<string, string>

/**
 * A request with real values in place of those in the pact: segments of the path, words of headers,
 * and whole strings of a JSON body.
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
    body: substituteBody(request.body, real),
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

function substituteBody(body: string, real: (text: string) => string): string {
  try {
    return JSON.stringify(JSON.parse(body), (_, value) =>
      typeof value === 'string' ? real(value) : value,
    )
  } catch {
    return body
  }
}
