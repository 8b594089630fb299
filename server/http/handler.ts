import type { ServerResponse } from 'node:http'
import {
  andThen,
  attempt,
  type DatedReply,
  type DrawLatency,
  hold,
  internalsOf,
  type Provider,
  TIMEOUT_HOLD,
  wait,
} from '../../src/internal.js'
import type { ReceivedLog } from '../console/received.js'
import { asForwarded } from './as-forwarded.js'
import { explainCrossOrigin } from './cross-origin.js'
import type { Incoming } from './incoming.js'
import { takeBody } from './read-body.js'
import { createSend } from './send.js'
import { toApiRequest } from './to-api-request.js'

interface HandlerSettings {
  /** Picks the delay of a reply, in milliseconds. */
  latency: DrawLatency
  /** Whether browsers may call from other origins. */
  cors: boolean
  /** Whether a reverse proxy says which scheme and host the client called. */
  trustProxy: boolean
  /** Aborts when the server closes. */
  signal?: AbortSignal | undefined
  /** Keeps what came in with each request. @default nothing is kept */
  received?: ReceivedLog | undefined
}

/** Answers a request, and passes an error on. */
export type Handler = (
  request: Incoming,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Passes each request to the provider and sends its reply. */
export function createHandler(
  zapsign: Provider,
  { latency, cors, trustProxy, signal, received }: HandlerSettings,
): Handler {
  const { respond } = internalsOf(zapsign)
  const send = createSend()

  function answer(request: Incoming, response: ServerResponse, body: Uint8Array) {
    const hint = cors ? undefined : explainCrossOrigin(request.headers)
    const own = toApiRequest(request, body)
    const apiRequest = trustProxy ? asForwarded(own) : own
    return andThen(respond(apiRequest, hint), (dated) => {
      const { reply, id } = dated
      if (id !== undefined) received?.keep(id, { ...apiRequest, rawHeaders: request.rawHeaders })
      const delay = latency()
      if (delay <= 0 && reply.fault !== 'timeout') return send(dated, request, response)
      return pause(delay, dated, response).then(() => send(dated, request, response))
    })
  }

  async function pause(delay: number, { reply }: DatedReply, response: ServerResponse) {
    if (delay > 0) await wait(delay, whileConnected(response))
    if (reply.fault === 'timeout')
      await hold(TIMEOUT_HOLD.socket, reply, whileConnected(response, signal))
  }

  return (request, response, next) => {
    // The app handles the error, unless the client is gone or the server closes.
    function fail(error: unknown): void {
      if (!request.socket.destroyed && !signal?.aborted) next(error)
      else request.socket.destroy()
    }
    takeBody(request, (body) => void attempt(() => answer(request, response, body), fail), fail)
  }
}

/** Aborts when the client disconnects or the server closes. */
function whileConnected(response: ServerResponse, closing?: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return closing ? AbortSignal.any([gone.signal, closing]) : gone.signal
}
