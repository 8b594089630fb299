import type { Socket } from 'node:net'
import type { Server, TLSSocket } from 'node:tls'

/**
 * Knows the TCP connection below each connection of a TLS server, and makes `resetAndDestroy()` work:
 * Node refuses it on a TLS connection, so the TCP connection is reset instead.
 */
export function watchRawSockets(server: Server): (secure: TLSSocket) => Socket | undefined {
  const below = new Map<string, Socket>()
  const rawOf = (secure: TLSSocket) => below.get(endsOf(secure))
  server.on('connection', (socket: Socket) => {
    const ends = endsOf(socket)
    below.set(ends, socket)
    socket.once('close', () => below.delete(ends))
  })
  server.on('secureConnection', (secure: TLSSocket) => {
    const socket = rawOf(secure)
    if (!socket) return
    secure.resetAndDestroy = () => {
      socket.resetAndDestroy()
      return secure
    }
  })
  return rawOf
}

function endsOf({ localPort, remoteAddress, remotePort }: Socket): string {
  return `${localPort} ${remoteAddress} ${remotePort}`
}
