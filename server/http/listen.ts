import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TlsOptions as NodeTlsOptions, TLSSocket, Server as TlsServer } from 'node:tls'
import { watchRawSockets } from '../intercept/raw-sockets.js'
import { type WrongProtocol, watchProtocol } from './protocol.js'

/** A listening server. */
export interface Listener {
  url: string
  port: number
  /** Stops accepting, lets requests in flight finish, and resolves when every socket is closed. */
  close(): Promise<void>
}

/** Milliseconds that requests in flight get to finish after the server closes. */
const GRACE = 10_000

/**
 * The limits of a connection. A slower client gets 408. Clients with a pool of connections keep them for
 * up to 60 s: the server must not close one that a client is about to use.
 */
const PATIENCE: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 75_000,
}

/** The last response on a connection: those before it are finished earlier. */
type LastResponse = (socket: Duplex) => ServerResponse | undefined

interface ListenSettings {
  port: number
  host: string
  /** The limits of a connection. @default those for clients with a pool of connections */
  patience?: ServerOptions
  /** Replaces what Node itself would answer, and returns the listener for all other requests. */
  replaceNodeReplies?(server: Server, lastResponse: LastResponse): RequestListener
  /** Serves https. */
  tls?: NodeTlsOptions
  /** Called when a client speaks TLS to an http server, or plain HTTP to an https server. */
  onWrongProtocol?(spoken: WrongProtocol): void
}

/** Starts an HTTP or HTTPS server. Rejects with Node's error, which has a `code`, when it cannot listen there. */
export async function listen(
  listener: RequestListener,
  { port, host, patience = PATIENCE, tls, ...hooks }: ListenSettings,
): Promise<Listener> {
  const { onWrongProtocol = () => {}, replaceNodeReplies } = hooks
  const options = { ...patience, requireHostHeader: !replaceNodeReplies }
  // Loaded on demand: few servers need TLS, which takes longer to load than all of HTTP.
  const secure = tls && (await import('node:https')).createServer({ ...options, ...tls })
  const server = secure ?? createServer(options)
  const connections = watchConnections(server, secure)
  const answer = replaceNodeReplies?.(server, connections.lastResponse) ?? listener
  watchProtocol(server, Boolean(secure), onWrongProtocol)
  server.on('request', (request, response) => {
    connections.track(request, response)
    answer(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve(server.off('error', reject) && undefined))
  })
  const address = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  return {
    url: `${tls ? 'https' : 'http'}://${toUrlHost(address)}:${address.port}`,
    port: address.port,
    close: () => (closed ??= closeGracefully(server, connections)),
  }
}

/** The host under which clients on this machine reach an address: nobody can call `0.0.0.0` or `::`. */
function toUrlHost({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}

/**
 * Tracks which connections have a request in flight. Node itself would keep a connection open that has
 * sent nothing yet, or that waits for another request.
 */
function watchConnections(server: Server, secure: TlsServer | undefined) {
  /** The last response on each connection: those before it are finished earlier. */
  const connections = new Map<Socket, ServerResponse | undefined>()
  let isClosing = false

  function closeWhenIdle(socket: Socket, response: ServerResponse | undefined): void {
    if (!response || response.writableFinished || response.destroyed) socket.destroySoon()
    else response.once('close', () => socket.destroySoon())
  }

  function watch(socket: Socket): void {
    connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
  }

  server.on('connection', watch)
  if (secure) {
    const rawOf = watchRawSockets(secure)
    secure.on('secureConnection', (socket: TLSSocket) => {
      // After the handshake requests come on the TLS connection.
      const raw = rawOf(socket)
      if (raw) connections.delete(raw)
      watch(socket)
    })
  }
  function track({ socket }: IncomingMessage, response: ServerResponse): void {
    connections.set(socket, response)
    if (isClosing) closeWhenIdle(socket, response)
  }

  server.on('checkExpectation', track)
  return {
    track,
    lastResponse: (socket: Duplex) => connections.get(socket as Socket),
    /** Closes each connection as soon as it has no request in flight. */
    release() {
      isClosing = true
      for (const [socket, response] of connections) closeWhenIdle(socket, response)
    },
  }
}

async function closeGracefully(server: Server, connections: { release(): void }): Promise<void> {
  const giveUp = setTimeout(() => server.closeAllConnections(), GRACE)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  connections.release()
  await closed
  clearTimeout(giveUp)
}
