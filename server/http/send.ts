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
    const { status, headers, body } = reply
    const list: string[] = []
    for (const [name, value] of Object.entries(headers)) list.push(name, value)
    if (now !== undefined) list.push('date', dateOf(now))
    const length = Buffer.byteLength(body)
    if (request.method !== 'HEAD') list.push('content-length', String(length))
    // Text in ASCII needs no encoding.
    response.writeHead(status, list).end(body, length === body.length ? 'latin1' : 'utf8')
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
