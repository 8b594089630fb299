import type { RequestHandler } from 'express'
import { assertZapSign, readLatency, validate, type ZapSign } from '../../src/internal.js'
import { isLoopback } from '../control/loopback.js'
import type { ControlOptions } from '../control/options.js'
import { createAppWith, type ZapSignApp } from './app.js'
import { createFastZapSign } from './create-fast-zapsign.js'
import { listen } from './listen.js'
import { replaceNodeReplies } from './node-replies.js'
import {
  DEFAULT_HOST,
  requestOptionsOf,
  type ServerOptions,
  type StartServerOptions,
  serverOptionsOf,
  startServerOptions,
  zapsignOptionsOf,
} from './options.js'
import type { WrongProtocol } from './protocol.js'
import { prepareTls } from './tls.js'

/** A running mock. */
export interface ZapSignServer {
  /** Such as `http://127.0.0.1:9277`. */
  url: string
  port: number
  /** With `tls`: the authority that signed the mock's own certificate, in PEM, for clients to trust. */
  ca?: string
  /** The provider behind the server: move its time, force outcomes, read its journal. */
  zapsign: ZapSign
  /** Stops accepting, lets requests in flight finish (10 s at most), and resolves when every socket is closed. */
  close(): Promise<void>
}

/**
 * Starts the mock. Rejects with Node's error (`code: 'EADDRINUSE'`) when the port is in use; throws a
 * `TypeError` or `RangeError` for wrong options.
 *
 * @example
 * import { startServer } from 'zapsign-mock/server'
 *
 * const server = await startServer({ loginLimit: false })
 * await fetch(`${server.url}/api/v1/auth/token/11111/`, { method: 'POST' })
 * await server.close()
 */
export async function startServer(options: StartServerOptions = {}): Promise<ZapSignServer> {
  const { app, ...server } = await startApp(options)
  return server
}

interface StartHooks {
  /** How messages call an option such as `tls.cert`. */
  nameOf?: (path: string) => string
  /** @default console.warn, unless `warnings` is false */
  warn?: (message: string) => void
}

/** Starts the mock as {@link startServer} does, and returns the app too, for connections from elsewhere. */
export async function startApp(
  options: StartServerOptions,
  { nameOf = (path) => path, warn }: StartHooks = {},
): Promise<ZapSignServer & { app: ZapSignApp }> {
  validate(startServerOptions, options)
  const { port = 0, host = DEFAULT_HOST, tls = false } = options
  const zapsign = providerOf(options)
  const closing = new AbortController()
  const control = controlOf(options)
  const shown = shownOptions({ ...options, port, host, control })
  const routes = await routesOf(options, zapsign, closing.signal)
  const app = createAppWith(
    zapsign,
    { ...requestOptionsOf(options), control, signal: closing.signal },
    { home: true, server: shown, routes },
  )
  const setup = tls === false ? undefined : await prepareTls(tls === true ? {} : tls, nameOf)
  const listener = await listen(app, {
    port,
    host,
    tls: setup?.options,
    onWrongProtocol: (spoken) => (warn ?? warningsOf(options))(WRONG_PROTOCOL[spoken]),
    replaceNodeReplies: (server) => replaceNodeReplies(server, zapsign, app),
  })
  shown.port = listener.port
  return {
    url: listener.url,
    port: listener.port,
    ...(setup?.ca !== undefined && { ca: setup.ca }),
    zapsign,
    app,
    close() {
      closing.abort()
      return listener.close()
    },
  }
}

/** How the control API is protected, or `false` where it is off. */
export function controlOf({
  host = DEFAULT_HOST,
  control = true,
}: ServerOptions): false | ControlOptions {
  if (!control) return false
  const options = control === true ? {} : control
  return isLoopback(host) || options.token !== undefined ? options : false
}

/** The options of the server as the control API shows them: without the token and the private key. */
function shownOptions({ control, tls, ...options }: ServerOptions) {
  const { token, hosts = [] } = control === true || !control ? {} : control
  const shown = control && { token: token === undefined ? '(none)' : '(withheld)', hosts }
  return { ...serverOptionsOf(options), tls: Boolean(tls), control: shown }
}

const WRONG_PROTOCOL = {
  tls: 'A client spoke TLS, but this is an http server: call it with http://, or start it with TLS.',
  http: 'A client spoke plain HTTP, but this server has TLS: call it with https://.',
} as const satisfies Record<WrongProtocol, string>

function warningsOf({ warnings = true }: StartServerOptions): (message: string) => void {
  return warnings ? (message) => console.warn(`zapsign-mock: ${message}`) : () => {}
}

/** Loaded on demand: few servers have routes of their own. */
async function routesOf(
  { routes, latency }: StartServerOptions,
  zapsign: ZapSign,
  closing: AbortSignal,
): Promise<RequestHandler | undefined> {
  if (routes === undefined) return undefined
  const { createRoutes } = await import('../routes/routes.js')
  return createRoutes(routes, { zapsign, latency: readLatency(latency) ?? (() => 0), closing })
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
