import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  assertZapSign,
  type Bearer,
  type Caller,
  internalsOf,
  type Provider,
  type Refused,
  type ZapSign,
} from '../../src/internal.js'
import { sendReply } from '../http/send-reply.js'
import { toGuarded } from './to-guarded.js'

/** A request that a guard has accepted. */
export interface GuardedRequest extends IncomingMessage {
  /** The caller: the user without the password (missing with a static API token), and the organization. */
  zapsign?: Bearer
}

/** Middleware for Express, Connect and plain `node:http` servers. */
export type BearerMiddleware = (
  request: GuardedRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** A request that is on its way through the mock's own routes. */
export interface PassingRequest extends GuardedRequest {
  [PASS]?: { caller: Caller; refuse(refused: Refused): void }
}

/** The key of the pass that a request has through the mock's own routes. */
export const PASS = Symbol('zapsign-mock pass')

/**
 * Guards your endpoints as ZapSign guards its endpoints. A request with an access token, or with one
 * of `apiTokens`, goes on, with the caller in `request.zapsign`. Any other request gets ZapSign's error
 * response. Both are journaled, and forced outcomes apply.
 *
 * @throws a `TypeError` unless `zapsign` is what `createZapSign` returns
 * @example
 * import express from 'express'
 * import { createZapSign } from 'zapsign-mock'
 * import { requireBearer } from 'zapsign-mock/server'
 *
 * const zapsign = createZapSign()
 * const app = express()
 * app.get('/reports', requireBearer(zapsign), (request, response) => response.json([]))
 */
export function requireBearer(zapsign: ZapSign): BearerMiddleware {
  assertZapSign(zapsign, 'requireBearer')
  return bearerMiddlewareOf(zapsign)
}

/** The middleware for any provider, wherever its state is. */
export function bearerMiddlewareOf(provider: Provider): BearerMiddleware {
  const { guard } = internalsOf(provider)
  return (request: PassingRequest, response, next) => {
    const pass = request[PASS]
    if (pass) {
      authenticate(request, pass, next)
      return
    }
    guard(toGuarded(request), ({ authenticate: _, ...bearer }) => {
      request.zapsign = bearer
      const answered = untilAnswered(response)
      next()
      return answered
    }).then(({ reply }) => reply && sendReply(reply, request, response), next)
  }
}

/** Within the mock's own routes the request is journaled already: only the caller is checked. */
async function authenticate(
  request: PassingRequest,
  { caller, refuse }: NonNullable<PassingRequest[typeof PASS]>,
  next: (error?: unknown) => void,
): Promise<void> {
  const { bearer, refusal } = await caller.authenticate()
  if (refusal) {
    refuse({ refusal })
    return
  }
  request.zapsign = bearer
  next()
}

/** Resolves to the status when the response has been sent, or its connection has closed. */
export function untilAnswered(response: ServerResponse): Promise<{ status: number }> {
  return new Promise((resolve) => {
    const answered = () => resolve({ status: response.headersSent ? response.statusCode : 0 })
    response.once('finish', answered)
    response.once('close', answered)
  })
}
