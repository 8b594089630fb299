import { createServer as createHttpServer, type RequestListener, request } from 'node:http'
import { type AddressInfo, connect as connectTcp, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { onTestFinished } from 'vitest'
import { type Certificates, createCertificates } from '../../../server/intercept/certificates.js'
import { startOpenPort, startProxyPort } from '../../../server/intercept/ports.js'
import { createTlsFront } from '../../../server/intercept/tls-front.js'

/** Listens on a free port of this machine until the test ends. */
export async function listenForTest(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

interface Setup {
  listener?: RequestListener
  upstreamOf?: (url: string) => string
}

/** Both ports in front of a listener that tells what it received. */
export async function startPorts({ listener = tell, upstreamOf = () => '' }: Setup = {}) {
  const certificates = await createCertificates()
  const seen = { requests: 0, refusals: 0 }
  const front = createTlsFront({
    identity: certificates.names,
    listener,
    onRequest: () => (seen.requests += 1),
    onRefused: () => (seen.refusals += 1),
  })
  const proxy = await startProxyPort({ front, listener }, upstreamOf)
  const open = await startOpenPort({ front, listener })
  onTestFinished(async () => {
    await Promise.all([proxy.close(), open.close()])
  })
  return { certificates, proxy, open, seen }
}

const tell: RequestListener = ({ method, url, headers }, response) => {
  response.end(JSON.stringify({ from: 'mock', method, url, headers }))
}

/** Asks a proxy for a connection to `host:port`. Resolves to the status, and the socket for 200. */
export function openTunnel(
  proxyUrl: string,
  target: string,
): Promise<{ status: number; socket: Socket }> {
  const { port, username, password } = new URL(proxyUrl)
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: 'CONNECT',
      path: target,
      headers: username ? { 'proxy-authorization': authorization } : {},
    })
    sent.on('connect', ({ statusCode = 0 }, socket, head) => {
      socket.unshift(head)
      onTestFinished(() => void socket.destroy())
      resolve({ status: statusCode, socket })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Sends a text and resolves to everything that comes back until the connection closes. */
export function exchange(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    socket.on('data', (chunk) => (received += chunk))
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
    socket.write(text)
  })
}

/** A GET request in a form for `exchange`. */
export function get(target: string, host: string, ...headers: string[]): string {
  return [`GET ${target} HTTP/1.1`, `host: ${host}`, 'connection: close', ...headers, '', ''].join(
    '\r\n',
  )
}

/** Speaks TLS over a socket, as a client that trusts the mock's authority. */
export function secure(
  socket: Socket,
  { ca }: Pick<Certificates, 'ca'>,
  servername = 'api.zapsign.com.br',
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const client = connectTls({ socket, ca, servername }, () => resolve(client))
    client.on('error', reject)
    onTestFinished(() => void client.destroy())
  })
}

export function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ port, host: '127.0.0.1' }, () => resolve(socket))
    socket.on('error', reject)
    onTestFinished(() => void socket.destroy())
  })
}

/** A plain server that plays a host other than ZapSign's. */
export const startOther = () =>
  listenForTest(createHttpServer(({ url }, response) => response.end(`other ${url}`)))
