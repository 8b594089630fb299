import { request as sendRequest } from 'node:http'
import {
  createServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import { type Duplex, duplexPair } from 'node:stream'

/** What a client sent that HTTP/1.1 writes in another way, or not at all. */
const LEFT_OUT = /^(:|(connection|host|http2-settings|keep-alive|te|transfer-encoding|upgrade)$)/i

/**
 * Speaks HTTP/2 with a client and HTTP/1.1 with a server of this process, over a pair of streams in
 * memory: Express and the recording server know HTTP/1.1 only. The server emits `connection` for a
 * socket whose TLS handshake chose `h2`.
 *
 * @param connect gives the server's end of a connection to the server
 */
export function createHttp2Bridge(connect: (socket: Duplex) => void): Http2Server {
  const server = createServer((request, response) => {
    const [near, far] = duplexPair()
    connect(far)
    forward(request, response, near)
  })
  // The client disconnected: no reply can be sent.
  server.on('sessionError', () => {})
  return server
}

function forward(request: Http2ServerRequest, response: Http2ServerResponse, socket: Duplex): void {
  const { method, url, authority, rawHeaders } = request
  const headers = ['host', authority || String(request.headers['host'] ?? ''), ...kept(rawHeaders)]
  const sent = sendRequest({ createConnection: () => socket, method, path: url, headers })
  // A server that resets the connection does so to every request on it.
  sent.on('error', () => request.stream.session?.destroy())
  sent.on('response', (reply) => {
    response.writeHead(reply.statusCode ?? 502, toHeaders(reply.rawHeaders))
    reply.pipe(response)
    reply.on('error', () => request.stream.session?.destroy())
  })
  response.on('close', () => socket.destroy())
  request.pipe(sent)
}

function kept(rawHeaders: readonly string[]): string[] {
  const pairs = rawHeaders.flatMap((name, index) => {
    const value = rawHeaders[index + 1]
    return index % 2 === 0 && value !== undefined && !LEFT_OUT.test(name) ? [[name, value]] : []
  })
  return pairs.flat()
}

function toHeaders(rawHeaders: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  const pairs = kept(rawHeaders)
  for (let index = 0; index < pairs.length; index += 2) {
    const [name = '', value = ''] = pairs.slice(index)
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), value]
  }
  return headers
}
