import cors from 'cors'
import type { RequestHandler } from 'express'
import { SOURCE_HEADER } from '../../src/internal.js'

const allowEveryOrigin = cors({ exposedHeaders: [SOURCE_HEADER, 'WWW-Authenticate'] })

/**
 * Allows calls from browsers. It answers preflight requests; the provider answers any other OPTIONS.
 * ZapSign documents no CORS headers: this behavior is the mock's own.
 */
export const answerCors: RequestHandler = (request, response, next) => {
  const { origin, 'access-control-request-method': preflightFor } = request.headers
  if (origin === undefined) return next()
  if (request.method !== 'OPTIONS') return allowEveryOrigin(request, response, next)
  if (preflightFor === undefined) {
    response.setHeader('access-control-allow-origin', '*')
    return next()
  }
  response.setHeader(SOURCE_HEADER, 'configured')
  return allowEveryOrigin(request, response, next)
}
