import type { Socket } from 'node:net'
import type { Server, TLSSocket } from 'node:tls'

/**
 * Makes `resetAndDestroy()` work on the connections of a TLS server. Node refuses it there, so the TCP
 * connection below is reset instead.
 */
export function letReset(server: Server): void {
  const below = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const ends = endsOf(socket)
    below.set(ends, socket)
    socket.once('close', () => below.delete(ends))
  })
  server.on('secureConnection', (secure: TLSSocket) => {
    const socket = below.get(endsOf(secure))
    if (!socket) return
    secure.resetAndDestroy = () => {
      socket.resetAndDestroy()
      return secure
    }
  })
}

function endsOf({ localPort, remoteAddress, remotePort }: Socket): string {
  return `${localPort} ${remoteAddress} ${remotePort}`
}
