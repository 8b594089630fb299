import { type ApiRequest, isDocumentedHost } from '../../src/internal.js'
import type { Incoming } from './incoming.js'

/** A request and its body as plain data. */
export function toApiRequest(request: Incoming, body: Uint8Array): ApiRequest {
  const target = targetOf(request)
  const path = pathOf(target)
  return {
    method: request.method ?? '',
    path,
    query: target.slice(path.length + 1),
    headers: { get: createLookup(request) },
    body,
    baseUrl: originOf(request) + mountPathOf(request),
  }
}

/** The path and the query of a request, below the path where the app is mounted. */
export function targetOf({ url = '' }: { url?: string | undefined }): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '')
}

/** The path of a target. */
export function pathOf(target: string): string {
  const query = target.indexOf('?')
  return query < 0 ? target : target.slice(0, query)
}

/**
 * The path where the app is mounted. Every framework keeps the whole target in `originalUrl`, but only
 * Express keeps the mount path as well.
 */
function mountPathOf({ url, originalUrl = url, baseUrl = '' }: Incoming): string {
  if (originalUrl === url) return ''
  const whole = pathOf(targetOf({ url: originalUrl }))
  const own = pathOf(targetOf({ url }))
  return whole.endsWith(own) ? whole.slice(0, whole.length - own.length) : baseUrl
}

/**
 * The origin that the client called. A client that calls one of ZapSign's hosts reaches this server
 * only through something that answers their https in their place.
 */
function originOf({ headers, protocol, socket }: Incoming): string {
  const scheme = protocol ?? ('encrypted' in socket ? 'https' : 'http')
  const origin = `${scheme}://${headers.host ?? 'localhost'}`
  return isDocumentedHost(origin) ? origin.replace(/^http:/, 'https:') : origin
}

/**
 * Looks headers up, and joins the values of a repeated one as `Headers` does. Node itself keeps only the
 * first, and its `headersDistinct` fails on a header called `__proto__` in some versions.
 */
function createLookup({ headers, rawHeaders }: Incoming): (name: string) => string | null {
  let isRepeated: boolean | undefined
  return (name) => {
    const wanted = name.toLowerCase()
    isRepeated ??= Object.keys(headers).length * 2 < rawHeaders.length
    if (isRepeated) {
      const values = rawHeaders.filter(
        (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted,
      )
      if (values.length > 1) return values.join(', ')
    }
    return headers[wanted]?.toString() ?? null
  }
}
