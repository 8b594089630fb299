import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens. */
export interface Listener {
  url: string
  port: number
  /** Stops accepting, lets what is in flight finish, and resolves when every socket is gone. */
  close(): Promise<void>
}

/** How long requests in flight may take to finish once the server closes. */
const GRACE = 10_000

/** A client that is slower than this is cut off. */
const PATIENCE: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
}

/**
 * Starts an HTTP server. Rejects with Node's error, which has a `code`, when the address cannot be
 * listened on.
 */
export async function listen(
  listener: RequestListener,
  { port, host, patience = PATIENCE }: { port: number; host: string; patience?: ServerOptions },
): Promise<Listener> {
  const server = createServer(patience, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve(server.off('error', reject) && undefined))
  })
  const address = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  return {
    url: `http://${toUrlHost(address)}:${address.port}`,
    port: address.port,
    close: () => (closed ??= closeGracefully(server)),
  }
}

/** Where clients on this machine reach an address: `0.0.0.0` and `::` are no names to call. */
function toUrlHost({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}

async function closeGracefully(server: Server): Promise<void> {
  // Connections that become idle from now on would otherwise live until their keep-alive ends.
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  const giveUp = setTimeout(() => server.closeAllConnections(), GRACE)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearInterval(sweep)
  clearTimeout(giveUp)
}
