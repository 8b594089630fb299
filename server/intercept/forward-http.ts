import { type RequestListener, request as sendRequest } from 'node:http'
import { pipeline } from 'node:stream'

/** Headers about one connection, which do not pass a proxy: RFC 9110, section 7.6.1. */
const PER_HOP = /^(connection|keep-alive|proxy-.*|te|trailer|upgrade)$/i

/** Headers without those about one connection. Node frames a body as `transfer-encoding` says. */
export function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !PER_HOP.test(rawHeaders[index - (index % 2)] ?? ''))
}

/** Forwards requests as they are to a plain server on this machine, and its replies back. */
export function forwardTo(baseUrl: string): RequestListener {
  const { hostname, port } = new URL(baseUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  return (request, response) => {
    const { method, url: path } = request
    const headers = endToEnd(request.rawHeaders)
    const sent = sendRequest({ host, port, method, path, headers, agent: false, setHost: false })
    sent.on('response', (reply) => {
      response.writeHead(reply.statusCode ?? 502, endToEnd(reply.rawHeaders))
      pipeline(reply, response, () => {})
    })
    // A server that breaks a connection does so on purpose.
    sent.on('error', () => request.socket.destroy())
    response.on('close', () => sent.destroy())
    request.pipe(sent)
  }
}
