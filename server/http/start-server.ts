import {
  assertZapSign,
  createZapSign,
  validate,
  type ZapSign,
  type ZapSignOptions,
} from '../../src/internal.js'
import { type AppOptions, createApp } from './app.js'
import { DEFAULT_HOST } from './defaults.js'
import { listen } from './listen.js'
import { startServerOptions } from './options.js'

/** Where to listen, and what to be: the options of a provider, or a provider. */
export interface StartServerOptions extends ZapSignOptions, Pick<AppOptions, 'latency'> {
  /** Any free one by default. */
  port?: number
  /** `127.0.0.1` by default: only this machine can call. */
  host?: string
  /** A provider to put behind the server, instead of the options of one. */
  zapsign?: ZapSign
}

/** A mock that listens. */
export interface ZapSignServer {
  /** Such as `http://127.0.0.1:9277`. */
  url: string
  port: number
  /** The provider behind the server: move its time, force outcomes, read its journal. */
  zapsign: ZapSign
  /** Stops accepting, lets what is in flight finish (10 s at most), and resolves when every socket is gone. */
  close(): Promise<void>
}

/**
 * Starts the mock. Rejects with Node's error (`code: 'EADDRINUSE'`) when the port is taken; throws a
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
  validate(startServerOptions, options)
  const { port = 0, host = DEFAULT_HOST, latency, zapsign: given, ...zapsignOptions } = options
  const zapsign = given === undefined ? createZapSign(zapsignOptions) : given
  if (given !== undefined) {
    assertZapSign(given, 'startServer({ zapsign })')
    refuseBeside(zapsignOptions)
  }
  const closing = new AbortController()
  const app = createApp(zapsign, { latency, signal: closing.signal })
  const listener = await listen(app, { port, host })
  return {
    url: listener.url,
    port: listener.port,
    zapsign,
    close() {
      closing.abort()
      return listener.close()
    },
  }
}

function refuseBeside(zapsignOptions: ZapSignOptions): void {
  const [name] = Object.entries(zapsignOptions).find(([, value]) => value !== undefined) ?? []
  if (name)
    throw new TypeError(`${name} says nothing beside zapsign: give it to createZapSign() instead`)
}
