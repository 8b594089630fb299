import type { Server } from 'node:http'

/** The wrong protocol that a client speaks. */
export type WrongProtocol = 'tls' | 'http'

/** TLS records start with the type of their content: 22 is a handshake. RFC 8446, section 5.1. */
const HANDSHAKE = 22

/** Notices clients that speak TLS to an http server, or plain HTTP to an https server. */
export function watchProtocol(
  server: Server,
  isTls: boolean,
  onWrong: (spoken: WrongProtocol) => void,
): void {
  if (isTls) {
    server.on('tlsClientError', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ERR_SSL_HTTP_REQUEST') onWrong('http')
    })
    return
  }
  const emit = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean
  // A listener for `clientError` would have to send the reply, which Node sends when no listener exists.
  server.emit = (event: string, ...args: unknown[]) => {
    if (event === 'clientError' && isHandshake(args[0])) onWrong('tls')
    return emit(event, ...args)
  }
}

function isHandshake(error: unknown): boolean {
  const { rawPacket } = error as { rawPacket?: Buffer }
  return rawPacket?.[0] === HANDSHAKE
}
