import type { IncomingMessage, ServerResponse } from 'node:http'
import express from 'express'
import {
  assertZapSign,
  createZapSign,
  type Duration,
  latencyOf,
  type ZapSign,
} from '../src/index.js'
import { carry } from './carry.js'
import { answerCors } from './cors.js'

/** What an app does besides carrying requests. */
export interface AppOptions {
  /** How long every reply is held back, in real time: `'200ms'`. Not at all by default. */
  latency?: Duration
  /** When it aborts, requests that the outcome `timeout` keeps waiting lose their connection. */
  signal?: AbortSignal
}

/** An Express app: a request listener that can also be mounted in another app, at any path. */
export type ZapSignApp = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Puts a provider behind Express. Mount it before body parsers: what they have consumed has to be
 * guessed from what they made of it.
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
  const app = express()
  app.disable('x-powered-by')
  app.use('/api', answerCors)
  app.use(carry(zapsign, { latency: latencyOf(options.latency), signal: options.signal }))
  return app
}
