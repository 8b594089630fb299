import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { DatedReply, Fault } from '../../src/internal.js'
import { closeAfter } from './close-after.js'

/** Sends a reply, with the provider's date. */
export type Send = (dated: DatedReply, request: IncomingMessage, response: ServerResponse) => void

export function createSend(): Send {
  const dateOf = createDate()

  return ({ reply, now }, request, response) => {
    if (reply.fault) return breakConnection(reply.fault, request.socket)
    if (!request.complete) closeAfter(request, response)
    const headers = Object.entries(reply.headers).flat()
    if (now !== undefined) headers.push('date', dateOf(now))
    if (request.method !== 'HEAD')
      headers.push('content-length', String(Buffer.byteLength(reply.body)))
    response.writeHead(reply.status, headers).end(reply.body)
  }
}

/** Writes the `Date` header, once for all replies of a second. */
function createDate(): (now: number) => string {
  let second = Number.NaN
  let text = ''
  return (now) => {
    const current = Math.floor(now / 1000)
    if (current !== second) text = new Date(now).toUTCString()
    second = current
    return text
  }
}

function breakConnection(fault: Fault, socket: Socket): void {
  if (fault === 'connectionReset') socket.resetAndDestroy()
  else socket.destroy()
}
