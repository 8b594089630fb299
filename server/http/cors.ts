import cors from 'cors'
import type { RequestHandler } from 'express'
import { SOURCE_HEADER } from '../../src/internal.js'
import { targetOf } from './to-api-request.js'

const EXPOSED = [SOURCE_HEADER, 'WWW-Authenticate', 'Allow', 'Date', 'Location', 'Retry-After']

const allowOrigin = cors({
  // The origin is reflected, because browsers refuse `*` for a call with credentials.
  origin: true,
  credentials: true,
  exposedHeaders: EXPOSED,
})

/** The mock's own paths. No web page may call them. */
const OWN_PATHS = /^\/__zapsign(?:[/?]|$)/

/**
 * Allows calls from browsers on other origins, which ZapSign does not: it sends no CORS headers. It
 * answers preflight requests; the provider answers any other OPTIONS.
 */
export const allowCrossOrigin: RequestHandler = (request, response, next) => {
  const { origin, 'access-control-request-method': preflightFor } = request.headers
  if (origin === undefined || OWN_PATHS.test(targetOf(request))) return next()
  if (request.method !== 'OPTIONS') return allowOrigin(request, response, next)
  if (preflightFor === undefined) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-expose-headers', EXPOSED.join(','))
    response.vary('Origin')
    return next()
  }
  response.setHeader(SOURCE_HEADER, 'configured')
  // A page of a public address asks this before it calls an address of a private network.
  if (request.get('access-control-request-private-network') === 'true')
    response.setHeader('access-control-allow-private-network', 'true')
  return allowOrigin(request, response, next)
}
