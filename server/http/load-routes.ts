import type { RequestHandler } from 'express'
import { type Provider, readLatency } from '../../src/internal.js'
import type { StartServerOptions } from './options.js'

/** Prepares the user's own routes. Their code is loaded on demand: few servers have any. */
export async function loadRoutes(
  { routes, latency }: StartServerOptions,
  provider: Provider,
  closing: AbortSignal,
): Promise<RequestHandler | undefined> {
  if (routes === undefined) return undefined
  const { createRoutes } = await import('../routes/routes.js')
  return createRoutes(routes, { provider, latency: readLatency(latency) ?? (() => 0), closing })
}
