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
  if (!request.complete) closeAfter(request, response)
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(now !== undefined && { date: new Date(now).toUTCString() }),
    ...(request.method !== 'HEAD' && { 'content-length': Buffer.byteLength(reply.body) }),
  })
  response.end(reply.body)
}

function breakConnection(fault: Fault, socket: Socket): void {
  if (fault === 'connectionReset') socket.resetAndDestroy()
  else socket.destroy()
}
