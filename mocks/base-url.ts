import { show } from '../src/internal.js'

const FORMS =
  'an http(s) URL without query or fragment that ends before /api/v1, such as "https://api.zapsign.com.br", or a list of such URLs'

/**
 * Checks base URLs, and returns them without their final slash. Throws a `TypeError` or a `RangeError`
 * that shows the value, unless it may hold a password.
 */
export function parseBaseUrls(baseUrl: unknown): string[] {
  const list = Array.isArray(baseUrl) ? baseUrl : [baseUrl]
  if (list.length === 0) throw new RangeError(`baseUrl must be ${FORMS}, got an empty list`)
  return list.map(parse)
}

function parse(given: unknown): string {
  const text = given instanceof URL ? given.href : given
  if (typeof text !== 'string') throw new TypeError(`baseUrl must be ${FORMS}, got ${show(text)}`)
  // The text may hold a password, so the message does not show it.
  if (text.includes('@')) throw new RangeError(`baseUrl must be ${FORMS}, and without credentials`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWrong =
    !url ||
    !/^https?:$/.test(url.protocol) ||
    /[?#*]/.test(text) ||
    url.pathname.includes('//') ||
    /\/api(?:\/v1(?:\/|$)|\/?$)/i.test(url.pathname)
  if (isWrong) throw new RangeError(`baseUrl must be ${FORMS}, got ${show(text)}`)
  return url.origin + url.pathname.replace(/\/$/, '')
}
