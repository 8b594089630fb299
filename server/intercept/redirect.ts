import type { RequestListener } from 'node:http'
import { isDocumentedHost } from './hosts.js'

/**
 * The address over https of a request to a documented host over http. ZapSign redirects too: "an
 * `http` link is redirected to https", seen by clients of its pages.
 *
 * @param target in origin-form or in absolute-form
 */
export function httpsUrl(target: string, host: string): string {
  return target.replace(/^(http:\/\/[^/?#]*)?\/?/i, `https://${host}/`)
}

/** Answers plain HTTP on the documented hosts with a redirect to https. */
export const redirectToHttps: RequestListener = (request, response) => {
  request.resume()
  const [host = ''] = (request.headers.host ?? '').split(':', 1)
  if (!isDocumentedHost(host)) {
    response.writeHead(421, { connection: 'close' }).end()
    return
  }
  response
    .writeHead(301, { location: httpsUrl(request.url ?? '/', host), connection: 'close' })
    .end()
}
