import { show } from '../src/index.js'

const FORMS =
  'an http(s) URL without query or fragment, such as "https://api.zapsign.com.br", or a list of such'

/**
 * URLs without their final slash. Throws a `TypeError` or a `RangeError` that names what it got.
 */
export function parseBaseUrls(baseUrl: unknown): string[] {
  const list = Array.isArray(baseUrl) ? baseUrl : [baseUrl]
  if (list.length === 0) throw new RangeError(`baseUrl must be ${FORMS}, got an empty list`)
  return list.map(parse)
}

function parse(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError(`baseUrl must be ${FORMS}, got ${show(text)}`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new RangeError(`baseUrl must be ${FORMS}, got ${show(withoutUserInfo(text))}`)
  }
  if (/\/api(\/v1)?\/?$/.test(url.pathname)) {
    throw new RangeError(
      `baseUrl must end before /api/v1, which the handlers add, got ${show(text)}`,
    )
  }
  return url.href.replace(/\/$/, '')
}

/** A password in a URL does not belong in a message. */
function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//')
}
