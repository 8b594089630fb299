import type { Request } from 'express'
import { type ApiRequest, isDocumentedHost } from '../../src/internal.js'
import { readBody } from './read-body.js'

/** A request as plain data. Reads its body. */
export async function toApiRequest(request: Request): Promise<ApiRequest> {
  const target = targetOf(request)
  const path = pathOf(target)
  return {
    method: request.method,
    path,
    query: target.slice(path.length + 1),
    headers: { get: (name) => headerOf(request, name) },
    body: await readBody(request),
    baseUrl: originOf(request) + mountPathOf(request),
  }
}

/** The path and the query of a request, below the path where the app is mounted. */
export function targetOf({ url }: { url: string }): string {
  return url.replace(/^https?:\/\/[^/?]*/i, '')
}

/** The path of a target. */
export function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? ''
}

/**
 * The path where the app is mounted. Every framework keeps the whole target in `originalUrl`, but only
 * Express keeps the mount path as well.
 */
function mountPathOf(request: Request): string {
  const whole = pathOf(targetOf({ url: request.originalUrl }))
  const own = pathOf(targetOf(request))
  return whole.endsWith(own) ? whole.slice(0, whole.length - own.length) : request.baseUrl
}

/**
 * The origin that the client called. A client that calls one of ZapSign's hosts reaches this server
 * only through something that answers their https in their place.
 */
function originOf(request: Request): string {
  const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`
  return isDocumentedHost(origin) ? origin.replace(/^http:/, 'https:') : origin
}

/**
 * Joins the values of a repeated header, as `Headers` does. Node itself keeps only the first, and its
 * `headersDistinct` fails on a header called `__proto__` in some versions.
 */
function headerOf(request: Request, name: string): string | null {
  const wanted = name.toLowerCase()
  const { rawHeaders } = request
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted,
  )
  return values.length > 1 ? values.join(', ') : (request.get(name) ?? null)
}
