import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDocumentedHost, SOURCE_HEADER, VERSION } from '../../src/internal.js'

/**
 * Answers `GET /` and `HEAD /` with what this server is, and returns whether it was such a request.
 * Tools that wait for a server wait for this answer. A program that takes the mock for one of
 * ZapSign's hosts gets the provider's answer instead.
 *
 * @param control Whether the control API is on.
 */
export function answerHome(
  request: IncomingMessage & { baseUrl?: string },
  response: ServerResponse,
  control: boolean,
): boolean {
  const { method, url, headers, baseUrl = '' } = request
  const isHome = url === '/' && (method === 'GET' || method === 'HEAD')
  if (!isHome || isDocumentedHost(`http://${headers.host}`)) return false
  const isBrowser = headers.accept?.includes('text/html') ?? false
  const links = control ? linksBelow(baseUrl) : {}
  response.setHeader('content-type', isBrowser ? 'text/html; charset=utf-8' : 'application/json')
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('vary', 'accept')
  response.setHeader(SOURCE_HEADER, 'configured')
  response.end(isBrowser ? toPage(links) : `${JSON.stringify({ ...ABOUT, ...links }, null, 2)}\n`)
  return true
}

const ABOUT = {
  name: 'zapsign-mock',
  version: VERSION,
  description: "A mock of ZapSign's token endpoint",
}

function linksBelow(baseUrl: string) {
  const path = `${baseUrl}/__zapsign/`
  return { console: path, openapi: `${path}openapi.json` }
}

function toPage(links: { console?: string; openapi?: string }): string {
  const items = Object.entries(links).map(
    ([name, path]) => `<li><a href="${encodeURI(path)}">${name}</a></li>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${ABOUT.name}</title></head>
<body><h1>${ABOUT.name} ${ABOUT.version}</h1><p>${ABOUT.description}</p><ul>${items.join('')}</ul></body>
</html>
`
}
