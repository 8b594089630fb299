import type { RequestListener } from 'node:http'
import type { RequestHandler } from 'express'
import type { Provider } from '../../src/internal.js'
import { isLoopback } from '../control/loopback.js'
import type { ControlOptions } from '../control/options.js'
import type { Certificates } from '../intercept/certificates.js'
import { withoutCredentials } from '../store/without-credentials.js'
import { listen } from './listen.js'
import { createListener } from './listener.js'
import { replaceNodeReplies } from './node-replies.js'
import {
  DEFAULT_HOST,
  requestOptionsOf,
  type ServerOptions,
  type StartServerOptions,
  type StoreOptions,
  serverOptionsOf,
  storeOptionsOf,
} from './options.js'
import type { WrongProtocol } from './protocol.js'
import type { TlsSetup } from './tls.js'

/** A server that listens. */
export interface Listening {
  /** Such as `http://127.0.0.1:9277`. */
  url: string
  port: number
  /** With `tls`: the authority that signed the mock's own certificate, in PEM, for clients to trust. */
  ca?: string
  /** Stops accepting, lets requests in flight finish (10 s at most), and resolves when every socket is closed. */
  close(): Promise<void>
}

export interface StartHooks {
  /** How messages call an option such as `tls.cert`. */
  nameOf?: (path: string) => string
  /** @default console.warn, unless `warnings` is false */
  warn?: (message: string) => void
}

export interface ProviderHooks extends StartHooks {
  createRoutes?(closing: AbortSignal): Promise<RequestHandler | undefined>
  /** The mock's own certificates, where several processes share them. @default new ones */
  certificates?: Certificates | undefined
}

/** Listens for a provider, wherever its state is. */
export async function startProvider(
  zapsign: Provider,
  options: StartServerOptions & StoreOptions,
  { nameOf = (path) => path, warn, createRoutes, certificates }: ProviderHooks = {},
): Promise<Listening & { app: RequestListener }> {
  const { port = 0, host = DEFAULT_HOST, tls = false } = options
  const closing = new AbortController()
  const control = controlOf(options)
  const shown = shownOptions({ ...options, port, host, control })
  const routes = await createRoutes?.(closing.signal)
  const appOptions = { ...requestOptionsOf(options), control, signal: closing.signal }
  const parts = { home: true, server: shown }
  // Few servers need Express, which takes long to load.
  const app =
    routes || options.cors
      ? (await import('./app.js')).createAppWith(zapsign, appOptions, { ...parts, routes })
      : createListener(zapsign, appOptions, parts)
  const setup =
    certificates || tls !== false ? await setUpTls(tls, certificates, nameOf) : undefined
  const listener = await listen(app, {
    port,
    host,
    tls: setup?.options,
    onWrongProtocol: (spoken) => (warn ?? warningsOf(options))(WRONG_PROTOCOL[spoken]),
    replaceNodeReplies: (server, lastResponse) =>
      replaceNodeReplies(server, zapsign, { listener: app, lastResponse }),
  })
  shown.port = listener.port
  return {
    url: listener.url,
    port: listener.port,
    ...(setup?.ca !== undefined && { ca: setup.ca }),
    app,
    close() {
      closing.abort()
      return listener.close()
    },
  }
}

/** Loaded on demand: few servers need TLS. */
async function setUpTls(
  tls: StartServerOptions['tls'],
  certificates: Certificates | undefined,
  nameOf: (path: string) => string,
): Promise<TlsSetup> {
  const { prepareTls, setupOf } = await import('./tls.js')
  if (certificates) return setupOf(certificates)
  return prepareTls(typeof tls === 'object' ? tls : {}, nameOf)
}

/** How the control API is protected, or `false` where it is off. */
export function controlOf({
  host = DEFAULT_HOST,
  control = true,
  trustProxy = false,
}: ServerOptions): false | ControlOptions {
  if (!control) return false
  const options = control === true ? {} : control
  // A proxy on this machine brings in the calls of others.
  const isLocal = isLoopback(host) && !trustProxy
  return isLocal || options.token !== undefined ? options : false
}

/** The options of the server as the control API shows them: without the token and the private key. */
function shownOptions({ control, tls, ...options }: ServerOptions & StoreOptions) {
  const { token, hosts = [] } = control === true || !control ? {} : control
  const shown = control && { token: token === undefined ? '(none)' : '(withheld)', hosts }
  const { store, ...prefix } = storeOptionsOf(options)
  return {
    ...serverOptionsOf(options),
    ...(store !== undefined && { store: withoutCredentials(store), ...prefix }),
    tls: Boolean(tls),
    control: shown,
  }
}

const WRONG_PROTOCOL = {
  tls: 'A client spoke TLS, but this is an http server: call it with http://, or start it with TLS.',
  http: 'A client spoke plain HTTP, but this server has TLS: call it with https://.',
} as const satisfies Record<WrongProtocol, string>

function warningsOf({ warnings = true }: StartServerOptions): (message: string) => void {
  return warnings ? (message) => console.warn(`zapsign-mock: ${message}`) : () => {}
}
