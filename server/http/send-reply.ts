import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApiReply, hold, TIMEOUT_HOLD } from '../../src/internal.js'
import { closeAfter } from './close-after.js'

/** Sends a reply of the provider, or breaks the connection as a forced outcome demands. */
export async function sendReply(
  reply: ApiReply,
  request: IncomingMessage,
  response: ServerResponse,
  closing?: AbortSignal,
): Promise<void> {
  if (reply.fault === 'timeout') {
    await hold(TIMEOUT_HOLD.socket, reply, whileConnected(response, closing)).catch(() => {})
    request.socket.destroy()
    return
  }
  if (reply.fault) {
    request.socket.resetAndDestroy()
    return
  }
  response.statusCode = reply.status
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (!request.complete) closeAfter(request, response)
  response.end(reply.body)
}

/** Aborts when the client disconnects or the server closes. */
export function whileConnected(response: ServerResponse, closing?: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return closing ? AbortSignal.any([gone.signal, closing]) : gone.signal
}
