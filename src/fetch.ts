import type { ApiReply, ApiRequest } from './api.js'
import { hold, TIMEOUT_HOLD } from './waiting.js'

/**
 * A web-standard request as plain data.
 *
 * @param baseUrl The URL of the API's root, without a final slash. @default the request's origin
 */
export async function toApiRequest(request: Request, baseUrl?: string): Promise<ApiRequest> {
  const url = new URL(request.url)
  const base = new URL(baseUrl ?? url.origin)
  return {
    method: request.method,
    path: url.pathname.slice(base.pathname.replace(/\/$/, '').length),
    query: url.search.slice(1),
    headers: request.headers,
    body: new Uint8Array(await request.arrayBuffer()),
    baseUrl: base.href.replace(/\/$/, ''),
  }
}

/** Whether a value can be read like a web-standard request: npm's `undici` has a class of its own. */
export function isRequestLike(value: unknown): value is Request {
  return ['url', 'method', 'headers', 'arrayBuffer'].every((name) => name in Object(value))
}

/** A reply as a web-standard response. A fault rejects as a real `fetch` would. */
export async function toResponse(reply: ApiReply, signal: AbortSignal): Promise<Response> {
  signal.throwIfAborted()
  if (reply.fault === 'timeout') await hold(TIMEOUT_HOLD.inProcess, reply, signal)
  if (reply.fault) throw networkError(reply.fault === 'timeout' ? 'UND_ERR_SOCKET' : 'ECONNRESET')
  return new Response(reply.body, { status: reply.status, headers: reply.headers })
}

/** The most redirects that `fetch` follows, as the Fetch standard has it. */
const MOST_REDIRECTS = 20

/**
 * Sends a request as a client does: follows redirects as `request.redirect` says, and sets `url` and
 * `redirected` of the response.
 */
export async function fetchLike(
  first: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  let request = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await answer(request.clone())
    const location = response.status === 301 ? response.headers.get('location') : null
    if (location === null || request.redirect === 'manual') {
      return Object.defineProperties(response, {
        url: { value: request.url },
        redirected: { value: redirects > 0 },
      })
    }
    if (request.redirect === 'error') break
    request = redirected(request, new URL(location, request.url))
  }
  throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
}

/** After a 301, POST becomes GET and loses its body. */
function redirected(request: Request, url: URL): Request {
  if (request.method !== 'POST') return new Request(url, request)
  const headers = new Headers(request.headers)
  headers.delete('content-type')
  headers.delete('content-length')
  return new Request(url, { method: 'GET', headers, signal: request.signal })
}

function networkError(code: string): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('The connection broke'), { code }),
  })
}
