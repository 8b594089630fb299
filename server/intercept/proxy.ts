import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import { isDocumentedHost } from './hosts.js'
import { type ProxyDecision, type ProxyRequest, ProxyServer } from './proxies.js'
import { httpsUrl, redirectToHttps } from './redirect.js'
import type { TlsFront } from './tls-front.js'

export interface ProxyOptions {
  front: TlsFront
  /** Whether a request has the right credentials. */
  isAllowed(request: IncomingMessage): boolean
  /** The proxy through which another host is reached; `''` if it is reached directly. */
  upstreamOf(url: string): string
  /** Answers requests for `https://…` that a client sends to the proxy in clear. */
  onHttpsRequest: RequestListener
}

/**
 * A proxy that never lets a connection to a documented host out: whatever the port and however the name
 * is written, `front` answers it. It tunnels to all other hosts without looking inside.
 */
export function createProxy({
  front,
  isAllowed,
  upstreamOf,
  onHttpsRequest,
}: ProxyOptions): Server {
  const toFront = serverThatOnly((socket) => front.accept(socket))
  const proxy = new ProxyServer({ authRealm: 'zapsign-mock', prepareRequestFunction: decide })

  function decide({ request, hostname, port, isHttp }: ProxyRequest): ProxyDecision {
    if (!isAllowed(request)) return { requestAuthentication: true }
    if (!isDocumentedHost(hostname)) {
      return { upstreamProxyUrl: upstreamOf(`${isHttp ? 'http' : 'https'}://${hostname}:${port}`) }
    }
    if (!isHttp) return { customConnectServer: toFront }
    const headers = { location: httpsUrl(request.url ?? '', hostname) }
    return { customResponseFunction: () => ({ statusCode: 301, headers, body: '' }) }
  }

  const { server } = proxy
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response) => {
    const { url = '' } = request
    // Node programs that a preload has redirected send what they would send to ZapSign's port 80.
    if (url.startsWith('/')) redirectToHttps(request, response)
    else if (/^https:/i.test(url)) onHttpsRequest(request, response)
    else void proxy.onRequest(request, response)
  })
  return server
}

/** A server that does nothing but hand on connections, for libraries that ask for a server. */
function serverThatOnly(use: (socket: Parameters<TlsFront['accept']>[0]) => void): Server {
  const server = createHttpServer()
  server.removeAllListeners('connection')
  server.on('connection', use)
  return server
}
