import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { forwardHttps } from './forward-https.js'
import { createProxy } from './proxy.js'
import { HANDSHAKE, onFirstByte, type TlsFront } from './tls-front.js'

/** A server on loopback. */
export interface LoopbackPort {
  port: number
  /** Ends all connections at once. */
  close(): Promise<void>
}

export interface PortOptions {
  front: TlsFront
  /** Answers requests to the documented hosts. */
  listener: RequestListener
}

/**
 * Starts the proxy for programs that read `HTTPS_PROXY`. Its URL contains random credentials, and it
 * refuses requests without them: other users of the machine cannot use it.
 *
 * @param upstreamOf the proxy through which a URL was reached before; `''` if it was reached directly
 */
export async function startProxyPort(
  { front, listener }: PortOptions,
  upstreamOf: (url: string) => string,
): Promise<LoopbackPort & { url: string }> {
  const credentials = `zapsign-mock:${randomBytes(24).toString('base64url')}`
  const isAllowed = allowOnly(credentials)
  const server = createProxy({
    front,
    isAllowed,
    upstreamOf,
    onHttpsRequest: (request, response) =>
      forwardHttps({ request, response, listener, isAllowed, proxyUrl: proxyUrl() }),
  })
  const { port, close } = await listenOnLoopback(server)
  const proxyUrl = () => `http://${credentials}@127.0.0.1:${port}`
  return { port, url: proxyUrl(), close }
}

/**
 * Starts the port for programs that cannot send credentials: those that a preload redirects, which
 * start with TLS or with a plain request, and Java, which uses it as a proxy. It reaches other hosts
 * directly, never through the user's proxy: otherwise anybody could use its credentials.
 */
export async function startOpenPort({ front, listener }: PortOptions): Promise<LoopbackPort> {
  const proxy = createProxy({
    front,
    isAllowed: () => true,
    upstreamOf: () => '',
    onHttpsRequest: listener,
  })
  return listenOnLoopback(
    createServer((socket) => {
      socket.on('error', () => socket.destroy())
      onFirstByte(socket, (byte) => {
        if (byte === HANDSHAKE) front.accept(socket)
        else proxy.emit('connection', socket)
      })
    }),
  )
}

function allowOnly(
  credentials: string,
): (request: { headers: NodeJS.Dict<string | string[]> }) => boolean {
  const expected = Buffer.from(Buffer.from(credentials).toString('base64'))
  return ({ headers }) => {
    const sent = String(headers['proxy-authorization'] ?? '').replace(/^basic +/i, '')
    const given = Buffer.from(sent)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}

async function listenOnLoopback(server: Server): Promise<LoopbackPort> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
