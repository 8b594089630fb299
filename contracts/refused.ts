import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** What a client sent that no server answers. */
export interface Refused {
  method: string
  path: string
  /** A sentence. */
  why: string
}

/** What Node says of bytes that it cannot read as HTTP. */
interface ClientError extends Error {
  code?: string
  reason?: string
  rawPacket?: Buffer
}

/** Tells of all that Node refuses by itself. Requests that have begun are told by who reads them. */
export function watchRefused(
  server: Server,
  { hasBegun, onRefused }: { hasBegun(socket: Duplex): boolean; onRefused(what: Refused): void },
): void {
  server.on('clientError', (error: ClientError, socket) => {
    // Connections are reset and time out, too: then nothing was sent.
    if (error.code?.startsWith('HPE_') && !hasBegun(socket)) onRefused(unreadable(error))
    hangUp(socket)
  })
  server.on('connect', ({ url = '' }, socket) => {
    onRefused({ method: 'CONNECT', path: url, why: 'It was sent as to a proxy.' })
    hangUp(socket)
  })
}

function hangUp(socket: Duplex): void {
  socket.on('error', () => {})
  socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n', () => socket.destroy())
}

const HANDSHAKE = 0x16

function unreadable({ code, reason, rawPacket }: ClientError): Refused {
  const line = /^([A-Z]+) ([^\s?]+)\S* HTTP\//.exec(rawPacket?.toString('latin1') ?? '')
  const [, method = 'not HTTP', path = ''] = line ?? []
  if (rawPacket?.[0] === HANDSHAKE)
    return { method, path, why: 'It is TLS, and the base URL begins with http:.' }
  if (code === 'HPE_HEADER_OVERFLOW') return { method, path, why: 'Its headers are too long.' }
  return { method, path, why: `It is no valid HTTP (${reason ?? code}).` }
}
