import type { ApiReply, ApiRequest } from './api.js'
import { hold, TIMEOUT_HOLD } from './waiting.js'

/**
 * A web-standard request as plain data.
 *
 * @param baseUrl Where the API's root stands, without a final slash: the request's origin by default.
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

/** Whether something can be read as a web-standard request can: npm's `undici` has its own kind. */
export function isRequestLike(value: unknown): value is Request {
  return ['url', 'method', 'headers', 'arrayBuffer'].every((name) => name in Object(value))
}

/** A reply as a web-standard response; a fault as the rejection that a real `fetch` would give. */
export async function toResponse(reply: ApiReply, signal: AbortSignal): Promise<Response> {
  signal.throwIfAborted()
  if (reply.fault === 'timeout') await hold(TIMEOUT_HOLD.inProcess, reply, signal)
  if (reply.fault) throw networkError(reply.fault === 'timeout' ? 'UND_ERR_SOCKET' : 'ECONNRESET')
  return new Response(reply.body, { status: reply.status, headers: reply.headers })
}

function networkError(code: string): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('The connection broke'), { code }),
  })
}
