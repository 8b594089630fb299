import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { request as sendRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { endToEnd } from './forward-http.js'
import { isDocumentedHost } from './hosts.js'
import { HttpsProxyAgent } from './proxies.js'

interface HttpsRequest {
  request: IncomingMessage
  response: ServerResponse
  /** Answers requests to the documented hosts. */
  listener: RequestListener
  isAllowed(request: IncomingMessage): boolean
  /** The proxy that the request came to, which knows how to reach other hosts. */
  proxyUrl: string
}

/**
 * Answers `POST https://…` sent to a proxy in clear, as axios did before 1.8. For other hosts the proxy
 * opens TLS itself, and verifies the host's certificate.
 */
export function forwardHttps({
  request,
  response,
  listener,
  isAllowed,
  proxyUrl,
}: HttpsRequest): void {
  const { url: target = '' } = request
  if (!isAllowed(request)) {
    response.writeHead(407, { 'proxy-authenticate': 'Basic realm="zapsign-mock"' }).end()
    return
  }
  if (!URL.canParse(target)) {
    response.writeHead(400).end()
    return
  }
  if (isDocumentedHost(new URL(target).hostname)) {
    listener(request, response)
    return
  }
  const sent = sendRequest(target, {
    method: request.method,
    headers: endToEnd(request.rawHeaders),
    agent: new HttpsProxyAgent(proxyUrl),
  })
  sent.on('response', (reply) => {
    response.writeHead(reply.statusCode ?? 502, endToEnd(reply.rawHeaders))
    pipeline(reply, response, () => {})
  })
  sent.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  response.on('close', () => sent.destroy())
  request.pipe(sent)
}
