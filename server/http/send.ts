import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { DatedReply, Fault } from '../../src/internal.js'
import { closeAfter } from './close-after.js'

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
