import cors from 'cors'
import type { RequestHandler } from 'express'
import { BASIS_HEADER } from '../../src/internal.js'

const allowEveryOrigin = cors({ exposedHeaders: [BASIS_HEADER, 'WWW-Authenticate'] })

/**
 * Lets browser clients in. A preflight is answered here; any other OPTIONS is the provider's. ZapSign
 * documents nothing of the kind, so this is the mock's own.
 */
export const answerCors: RequestHandler = (request, response, next) => {
  const { origin, 'access-control-request-method': preflightFor } = request.headers
  if (origin === undefined) return next()
  if (request.method !== 'OPTIONS') return allowEveryOrigin(request, response, next)
  if (preflightFor === undefined) {
    response.setHeader('access-control-allow-origin', '*')
    return next()
  }
  response.setHeader(BASIS_HEADER, 'configured')
  return allowEveryOrigin(request, response, next)
}
