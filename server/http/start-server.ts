import type { RequestListener } from 'node:http'
import { assertZapSign, validate, type ZapSign } from '../../src/internal.js'
import { createFastZapSign } from './create-fast-zapsign.js'
import { loadRoutes } from './load-routes.js'
import {
  type SharedServerOptions,
  type StartServerOptions,
  startServerOptions,
  zapsignOptionsOf,
} from './options.js'
import { type Listening, type StartHooks, startProvider } from './start-provider.js'
import type { SharedZapSignServer } from './start-shared-server.js'

/** A running mock. */
export interface ZapSignServer extends Listening {
  /** The provider behind the server: move its time, force outcomes, read its journal. */
  zapsign: ZapSign
}

/**
 * Starts the mock.
 *
 * @throws a `TypeError` or a `RangeError` for wrong options, and Node's error (`code: 'EADDRINUSE'`) when the
 * port is in use (as rejections)
 * @example
 * import { startServer } from 'zapsign-mock/server'
 *
 * const server = await startServer({ loginLimit: false })
 * await fetch(`${server.url}/api/v1/auth/token/11111/`, { method: 'POST' })
 * await server.close()
 */
export function startServer(options: SharedServerOptions): Promise<SharedZapSignServer>
export function startServer(options?: StartServerOptions): Promise<ZapSignServer>
export async function startServer(
  options: StartServerOptions | SharedServerOptions = {},
): Promise<ZapSignServer | SharedZapSignServer> {
  validate(startServerOptions, options)
  if ('store' in options && options.store !== undefined) {
    const { startSharedServer } = await import('./start-shared-server.js')
    return startSharedServer(options)
  }
  const { app, ...server } = await startApp(options)
  return server
}

/** Starts the mock as {@link startServer} does, and returns the app too, for connections from elsewhere. */
export async function startApp(
  options: StartServerOptions,
  { nameOf, warn }: StartHooks = {},
): Promise<ZapSignServer & { app: RequestListener }> {
  validate(startServerOptions, options)
  const zapsign = providerOf(options)
  const listening = await startProvider(zapsign, options, {
    nameOf,
    warn,
    createRoutes: (closing) => loadRoutes(options, zapsign, closing),
  })
  return { ...listening, zapsign }
}

function providerOf(options: StartServerOptions): ZapSign {
  const { zapsign } = options
  const zapsignOptions = zapsignOptionsOf(options)
  if (zapsign === undefined) return createFastZapSign(zapsignOptions)
  assertZapSign(zapsign, 'startServer({ zapsign })')
  const [name] = Object.entries(zapsignOptions).find(([, value]) => value !== undefined) ?? []
  if (name === undefined) return zapsign
  throw new TypeError(
    `Cannot combine \`${name}\` with \`zapsign\`: pass \`${name}\` to createZapSign().`,
  )
}
