import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import {
  assertZapSign,
  createIsEndpoint,
  createZapSign,
  internalsOf,
  type Provider,
  validate,
  type ZapSign,
} from '../../src/internal.js'
import { createReceivedLog } from '../console/received.js'
import { createControl } from '../control/control.js'
import { allowCrossOrigin } from './cors.js'
import { createHandler, type Handler } from './handler.js'
import { answerHome } from './home.js'
import type { Incoming } from './incoming.js'
import { type AppOptions, appOptions } from './options.js'
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

interface AppParts {
  /** Whether `GET /` says what this server is. @default with the control API */
  home?: boolean
  /** The options of the server, as the control API shows them. */
  server?: Readonly<Record<string, unknown>>
  /** Answers requests with the user's own routes, before the provider. */
  routes?: RequestHandler | undefined
}

/** Creates the app of a server. */
export function createAppWith(
  zapsign: Provider,
  options: AppOptions,
  parts: AppParts = {},
): ZapSignApp {
  assertZapSign(zapsign, 'createApp')
  const settings = validate(appOptions, options)
  const { control = false, signal, trustProxy } = settings
  if (control && trustProxy && Object(control).token === undefined)
    throw new TypeError('`control` needs a token with `trustProxy`: control: { token }')
  const { home = Boolean(control), server = {}, routes } = parts
  const received = control ? createReceivedLog() : undefined
  const app = express()
  app.disable('x-powered-by')
  if (control) {
    const answerControl = createControl(zapsign, {
      options: Object(control),
      server,
      signal,
      received,
    })
    app.use(unlessAnswered(answerControl))
  }
  if (home) app.use(unlessAnswered((...exchange) => answerHome(...exchange, Boolean(control))))
  if (settings.next) app.use(passOn(zapsign))
  if (settings.cors) app.use(allowCrossOrigin)
  if (routes) app.use(routes)
  const handler = createHandler(zapsign, { ...settings, received })
  app.use(handler)
  return routes ? app : answerAhead(app, zapsign, handler)
}

/**
 * Answers the provider's own endpoints without Express's router, which takes longer than the answer.
 * Express keeps everything else, also calls from browsers, which may be calls from another origin.
 */
function answerAhead(app: Express, zapsign: Provider, handler: Handler): ZapSignApp {
  const isOwn = createIsEndpoint(internalsOf(zapsign).views)
  // Express's types leave out the method that a surrounding app calls as well.
  const { handle } = app as unknown as { handle: ZapSignApp }
  return Object.assign(app, {
    handle(request: Incoming, response: ServerResponse, next?: (error?: unknown) => void) {
      const { method = '', headers } = request
      const isAhead =
        headers.origin === undefined && isOwn({ method, path: pathOf(targetOf(request)) })
      if (isAhead && next) handler(request, response, next)
      else if (isAhead) handler(request, response, (error) => fail(error, response))
      else handle.call(app, request, response, next)
    },
  })
}

/** Without a surrounding app, this app must handle the error. */
function fail(error: unknown, response: ServerResponse): void {
  console.error(error)
  response.writeHead(500).end()
}

/** Passes on the requests that a function does not answer. */
function unlessAnswered(
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
): RequestHandler {
  return (request, response, next) => {
    if (!answer(request, response)) next()
  }
}
