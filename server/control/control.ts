import type { IncomingMessage, ServerResponse } from 'node:http'
import { internalsOf, type Provider } from '../../src/internal.js'
import type { ReceivedLog } from '../console/received.js'
import type { ControlHandler } from './handler.js'
import type { ControlOptions } from './options.js'

/** Where the control API is. */
const CONTROL_PATH = '/__zapsign'

interface ControlParts {
  options: ControlOptions
  /** The options of the server, for `GET /__zapsign/config`. */
  server: Readonly<Record<string, unknown>>
  /** What came in with the newest requests. */
  received?: ReceivedLog | undefined
  /** Aborts when the server closes. @default never */
  signal?: AbortSignal | undefined
}

/** Answers a request to the control API, and returns whether it was one. */
export type Control = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The control API of a provider. Its code is loaded at the first control request, so that it does not
 * slow the start of the server.
 */
export function createControl(
  zapsign: Provider,
  { options, server, received, signal = new AbortController().signal }: ControlParts,
): Control {
  const { store, settings, tokens, version } = internalsOf(zapsign)
  const streams = new Set<ServerResponse>()
  const endStreams = () => {
    for (const stream of streams) stream.end()
  }
  signal.addEventListener('abort', endStreams, { once: true })
  const context = { store, settings, tokens, version, server, received, signal, streams }
  let loaded: Promise<ControlHandler> | undefined

  async function load(): Promise<ControlHandler> {
    const { createControlHandler } = await import('./handler.js')
    return createControlHandler(context, options)
  }

  return (request, response) => {
    const { url = '' } = request
    if (!url.startsWith(CONTROL_PATH)) return false
    const rest = url.slice(CONTROL_PATH.length)
    if (rest !== '' && !/^[/?]/.test(rest)) return false
    loaded ??= load()
    loaded.then((handle) => handle(request, response, rest)).catch(() => response.destroy())
    return true
  }
}
