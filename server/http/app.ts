import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import express from 'express'
import {
  assertZapSign,
  createZapSign,
  type Duration,
  validate,
  type ZapSign,
} from '../../src/internal.js'
import { answerCors } from './cors.js'
import { carry } from './handler.js'
import { appOptions } from './options.js'

/** What an app does besides carrying requests. */
export interface AppOptions {
  /** How long every reply is held back, in real time: `'200ms'`. Not at all by default. */
  latency?: Duration
  /** When it aborts, requests that the outcome `timeout` keeps waiting lose their connection. */
  signal?: AbortSignal
}

/** An Express app: a request listener that can also be mounted in another app, at any path. */
export interface ZapSignApp {
  (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void
  /** Listens by itself, as Express does: every address of this machine unless `host` is given. */
  listen(port?: number, listening?: (error?: Error) => void): Server
  listen(port: number, host: string, listening?: (error?: Error) => void): Server
}

/**
 * Puts a provider behind Express. Mount it before body parsers: what they have consumed has to be
 * guessed from what they made of it. Throws a `TypeError` or a `RangeError` for wrong options.
 *
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
  assertZapSign(zapsign, 'createApp')
  const { latency, signal } = validate(appOptions, options)
  const app = express()
  app.disable('x-powered-by')
  app.use('/api', answerCors)
  app.use(carry(zapsign, { latency, signal }))
  return app
}
