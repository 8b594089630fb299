import type { RequestHandler, Response } from 'express'
import {
  type DrawLatency,
  internalsOf,
  type Provider,
  type Refused,
  SOURCE_HEADER,
  wait,
} from '../../src/internal.js'
import { sendReply, whileConnected } from '../http/send-reply.js'
import { isReserved } from './options.js'
import { parseBody, type ReadRequest } from './read-values.js'
import { PASS, type PassingRequest, untilAnswered } from './require-bearer.js'
import { toGuarded } from './to-guarded.js'

/** A route that answers some requests. */
export interface PreparedRoute {
  isProtected: boolean
  matches(request: ReadRequest): boolean
  handle: RequestHandler
}

interface PassSettings {
  provider: Provider
  /** Picks the delay of a reply, in milliseconds. */
  latency: DrawLatency
  closing?: AbortSignal | undefined
}

/**
 * Answers requests with the user's own routes. Each such request takes the same way as a request to the
 * provider: it can be forced to fail, is authenticated where the route is protected, and is journaled.
 * Requests that no route matches go on to the provider.
 */
export function createPass(
  routes: readonly PreparedRoute[],
  { provider, latency, closing }: PassSettings,
): RequestHandler {
  const { guard } = internalsOf(provider)

  async function delay(response: Response): Promise<void> {
    const milliseconds = latency()
    if (milliseconds > 0) await wait(milliseconds, whileConnected(response)).catch(() => {})
  }

  return async (request: PassingRequest & ReadRequest, response, next) => {
    const route = isReserved(request.url) ? undefined : routes.find((one) => one.matches(request))
    if (!route) {
      next()
      return
    }
    await parseBody(request)
    const { reply, result } = await guard(
      toGuarded(request),
      async (caller) => {
        request.zapsign = caller
        await delay(response)
        response.setHeader(SOURCE_HEADER, 'configured')
        return new Promise<{ status: number } | Refused | undefined>((resolve, reject) => {
          request[PASS] = { caller, refuse: resolve }
          untilAnswered(response).then(resolve)
          const leave = (error?: unknown) =>
            error === undefined ? resolve(undefined) : reject(error)
          Promise.resolve(route.handle(request, response, leave)).catch(reject)
        })
      },
      { isProtected: route.isProtected },
    ).catch((error: unknown) => ({ reply: undefined, result: fail(error, request, response) }))
    if (reply) {
      await delay(response)
      await sendReply(reply, request, response, closing)
    } else if (result === undefined) next()
  }
}

/** The reply when a route throws. The stack goes to the user's terminal, not to the client. */
function fail(error: unknown, request: PassingRequest, response: Response): { status: number } {
  console.error(`zapsign-mock: a route failed for ${request.method} ${request.url}:`, error)
  const { name = 'Error', message = '' } = Object(error)
  if (!response.headersSent) {
    response.statusCode = 500
    response.setHeader('content-type', 'application/json')
  }
  response.end(JSON.stringify({ detail: `Your route failed: ${name}: ${message}` }))
  return { status: 500 }
}
