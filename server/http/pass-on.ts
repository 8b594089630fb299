import type { RequestHandler } from 'express'
import { createIsAnswered, internalsOf, type Provider } from '../../src/internal.js'
import { pathOf, targetOf } from './to-api-request.js'

/** Leaves requests to the app around this one that the provider would answer with 404 or 501. */
export function passOn(zapsign: Provider): RequestHandler {
  const isAnswered = createIsAnswered(internalsOf(zapsign).views)
  return (request, _response, next) => {
    const path = pathOf(targetOf(request))
    if (isAnswered({ method: request.method, path })) next()
    else next('router')
  }
}
