import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { DatedReply, Fault } from '../../src/internal.js'

/** Milliseconds that a client gets to read the reply while it still sends the rest of its body. */
const LINGER = 1000

/** Sends a reply, with the provider's date. */
export function send(
  { reply, now }: DatedReply,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (reply.fault) {
    breakConnection(reply.fault, request.socket)
    return
  }
  response.statusCode = reply.status
  if (now !== undefined) response.setHeader('date', new Date(now).toUTCString())
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value)
  if (!request.complete) closeAfter(request, response)
  response.end(reply.body)
}

function breakConnection(fault: Fault, socket: Socket): void {
  if (fault === 'connectionReset') socket.resetAndDestroy()
  else socket.destroy()
}

/**
 * Closes the connection after the reply, because the rest of the body stays unread. A client that is
 * still sending would lose the reply if both directions closed at once, so ours closes first.
 */
function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  response.setHeader('connection', 'close')
  socket.destroySoon = () => {
    socket.end()
    request.resume()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}
