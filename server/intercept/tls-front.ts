import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { Identity } from './certificates.js'
import { createHttp2Bridge } from './http2-bridge.js'
import { watchRawSockets } from './raw-sockets.js'
import { redirectToHttps } from './redirect.js'

/** What stands behind the documented hosts while programs are intercepted. */
export interface TlsFront {
  /** Takes over a connection that a client opened to a documented host, before it sent anything. */
  accept(socket: Socket): void
}

export interface TlsFrontOptions {
  identity: Identity
  /** Answers what clients send through TLS. */
  listener: RequestListener
  /** Called for each request, before `listener`. */
  onRequest?(request: IncomingMessage): void
  /** Called when a client ends the handshake because it does not trust the certificate. */
  onRefused?(): void
}

/** TLS records start with the type of their content: 22 is a handshake. RFC 8446, section 5.1. */
export const HANDSHAKE = 22

/** OpenSSL's names for the alerts that a client sends when it does not accept a certificate. */
const REFUSALS = /UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED|UNOBTAINABLE)/

/**
 * Answers in place of the documented hosts: HTTP/2 and HTTP/1.1 over TLS by a request listener, plain
 * HTTP by a redirect to https.
 */
export function createTlsFront({
  identity,
  listener,
  onRequest = () => {},
  onRefused = () => {},
}: TlsFrontOptions): TlsFront {
  const plain = createHttpServer((request, response) => {
    onRequest(request)
    redirectToHttps(request, response)
  })
  const http1 = createHttpServer({ requireHostHeader: false }, (request, response) => {
    onRequest(request)
    withoutProxyHeaders(request)
    listener(request, response)
  })
  const http2 = createHttp2Bridge((end) => http1.emit('connection', asEncrypted(end)))
  const secure = createTlsServer({ ...identity, ALPNProtocols: ['h2', 'http/1.1'] })
  watchRawSockets(secure)
  secure.on('secureConnection', (socket: TLSSocket) => {
    const server = socket.alpnProtocol === 'h2' ? http2 : http1
    server.emit('connection', socket)
  })
  secure.on('tlsClientError', ({ code = '' }: NodeJS.ErrnoException) => {
    if (REFUSALS.test(code)) onRefused()
  })
  return {
    accept(socket) {
      socket.on('error', () => socket.destroy())
      onFirstByte(socket, (byte) =>
        (byte === HANDSHAKE ? secure : plain).emit('connection', socket),
      )
    },
  }
}

/** Reads the first byte that a client sends, and puts it back. */
export function onFirstByte(socket: Socket, use: (byte: number) => void): void {
  socket.once('readable', () => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) {
      socket.destroy()
      return
    }
    socket.unshift(chunk)
    use(chunk[0] ?? 0)
  })
}

/** Deno repeats the proxy's credentials to the server behind it. They must not go any further. */
function withoutProxyHeaders(request: IncomingMessage): void {
  for (const name of ['proxy-authorization', 'proxy-connection']) {
    delete request.headers[name]
    delete request.headersDistinct[name]
  }
  request.rawHeaders = request.rawHeaders.filter((_, index, all) => {
    const name = all[index - (index % 2)] ?? ''
    return !/^proxy-(authorization|connection)$/i.test(name)
  })
}

/** The end of a stream in memory, as Express looks at sockets. */
function asEncrypted(end: Duplex): Duplex {
  return Object.assign(end, {
    encrypted: true,
    remoteAddress: '127.0.0.1',
    destroySoon: () => end.end(),
    resetAndDestroy: () => end.destroy(),
  })
}
