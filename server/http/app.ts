import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import {
  createIsEndpoint,
  createZapSign,
  internalsOf,
  type Provider,
  type ZapSign,
} from '../../src/internal.js'
import { allowCrossOrigin } from './cors.js'
import type { Incoming } from './incoming.js'
import { createAnswers, fail, type ListenerParts } from './listener.js'
import type { AppOptions } from './options.js'
import { passOn } from './pass-on.js'
import { pathOf, targetOf } from './to-api-request.js'

/** An Express app: a request listener that can also be mounted in another app, at any path. */
export interface ZapSignApp {
  /** Answers a request; `next` gets what it passes on. */
  (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void
  /** Listens as every Express app does: on all addresses of this machine unless `host` is given. */
  listen(port?: number, listening?: (error?: Error) => void): Server
  /** Listens on one address. */
  listen(port: number, host: string, listening?: (error?: Error) => void): Server
}

/**
 * Puts a provider behind Express. Mount it before body parsers: the app has to reconstruct a body that
 * a parser has consumed.
 *
 * @throws a `TypeError` or a `RangeError` for wrong options
 * @example
 * import express from 'express'
 * import { createApp } from 'zapsign-mock/server'
 *
 * const app = express()
 * app.use('/zapsign', createApp())
 */
export function createApp(
  zapsign: ZapSign = createZapSign(),
  options: AppOptions = {},
): ZapSignApp {
  return createAppWith(zapsign, options)
}

interface AppParts extends ListenerParts {
  /** Answers requests with the user's own routes, before the provider. */
  routes?: RequestHandler | undefined
}

/** Creates the app of a server. */
export function createAppWith(
  zapsign: Provider,
  options: AppOptions,
  { routes, ...parts }: AppParts = {},
): ZapSignApp {
  const answers = createAnswers(zapsign, options, parts)
  const { settings, answerOwn, handler } = answers
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    if (!answerOwn(request, response)) next()
  })
  if (settings.next) app.use(passOn(zapsign))
  if (settings.cors) app.use(allowCrossOrigin)
  if (routes) app.use(routes)
  app.use(handler)
  return routes ? app : answerAhead(app, zapsign, answers)
}

/**
 * Answers without Express's router, which takes longer than the answer, where no other middleware is
 * concerned: not for calls from other origins, nor for requests that are passed on.
 */
function answerAhead(
  app: Express,
  zapsign: Provider,
  { settings, answerOwn, handler }: ReturnType<typeof createAnswers>,
): ZapSignApp {
  const isOwn = createIsEndpoint(internalsOf(zapsign).views)
  // Express's types leave out the method that a surrounding app calls as well.
  const { handle } = app as unknown as { handle: ZapSignApp }

  function isAhead(request: Incoming): boolean {
    if (settings.cors && request.headers.origin !== undefined) return false
    return (
      !settings.next || isOwn({ method: request.method ?? '', path: pathOf(targetOf(request)) })
    )
  }

  return Object.assign(app, {
    handle(request: Incoming, response: ServerResponse, next?: (error?: unknown) => void) {
      if (!isAhead(request)) handle.call(app, request, response, next)
      else if (!answerOwn(request, response))
        handler(request, response, next ?? ((error) => fail(error, response)))
    },
  })
}
