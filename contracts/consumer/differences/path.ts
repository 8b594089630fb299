import type { SentRequest } from '../../http.js'
import { type Difference, differ, type Specified, shown } from './difference.js'

/** Compares the path. Percent-encoded letters, digits and `-._~` are the same URI (RFC 3986, 6.2.2.2). */
export function pathDifference({ path }: SentRequest, specified: Specified): Difference[] {
  if (decodeUnreserved(path) === specified.path) return []
  return differ('path', specified.path, shown(path), explainPath(path, specified.path))
}

/** A path without superfluous slashes and percent-encoding. */
export function normalizePath(path: string): string {
  return decodeUnreserved(path).replace(/\/{2,}/g, '/')
}

function decodeUnreserved(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : encoded
  })
}

function explainPath(path: string, specified: string): string {
  if (`${path}/` === specified) return 'The path lacks the final slash.'
  const isObtain = /\/token\/[^/]+\/$/.test(specified)
  if (isObtain && path.replace(/\/+$/, '').endsWith('/token'))
    return 'The organization id is empty.'
  if (path.replaceAll('//', '/') === specified) return 'The path has a slash too many.'
  return `The path is not the specified ${specified}.`
}
