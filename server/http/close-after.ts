import type { IncomingMessage, ServerResponse } from 'node:http'

/** Milliseconds that a client gets to read the reply while it still sends the rest of its body. */
const LINGER = 1000

/**
 * Closes the connection after the reply, because the rest of the body stays unread. A client that is
 * still sending would lose the reply if both directions closed at once, so ours closes first.
 */
export function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  response.setHeader('connection', 'close')
  socket.destroySoon = () => {
    socket.end()
    request.resume()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}
