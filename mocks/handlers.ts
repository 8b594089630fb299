import { type HttpHandler, HttpResponse, http } from 'msw'
import {
  assertZapSign,
  BRAZIL_URL,
  createZapSign,
  type Duration,
  latencyOf,
  PRODUCTION_URL,
  SANDBOX_URL,
  toApiRequest,
  toResponse,
  wait,
  type ZapSign,
} from '../src/index.js'
import { parseBaseUrls } from './base-url.js'

/** What handlers do besides carrying requests. */
export interface HandlersOptions {
  /** Where the client under test believes ZapSign to be; all documented hosts by default. */
  baseUrl?: string | readonly string[]
  /** Whether the protected pages (`/api/v1/docs/`, `/api/v1/users/`) are answered too. `false` by default. */
  pages?: boolean
  /** How long every reply is held back, in real time, whatever a test runner does to timers. */
  latency?: Duration
}

const DOCUMENTED_HOSTS = [PRODUCTION_URL, SANDBOX_URL, BRAZIL_URL]

/** Everything about signing in, a client's near misses too: none of it may reach the network. */
const SIGN_IN = '/api/v1/auth(?:/.*)?'

const PAGES = '/api/v1/(?:docs|users)/?'

/**
 * Makes MSW handlers that put a provider in place of ZapSign, for `msw/node`, `msw/browser` and
 * whatever else takes handlers. Throws a `TypeError` or a `RangeError` for what it does not take.
 *
 * @example
 * import { setupServer } from 'msw/node'
 * import { createZapSign } from 'zapsign-mock'
 * import { createHandlers } from 'zapsign-mock/mocks'
 *
 * const zapsign = createZapSign()
 * const server = setupServer(...createHandlers(zapsign))
 */
export function createHandlers(
  zapsign: ZapSign = createZapSign(),
  options: HandlersOptions = {},
): HttpHandler[] {
  assertZapSign(zapsign, 'createHandlers')
  const { baseUrl = DOCUMENTED_HOSTS, pages = false } = options
  const latency = latencyOf(options.latency)
  const paths = pages ? [SIGN_IN, PAGES] : [SIGN_IN]

  return parseBaseUrls(baseUrl).flatMap((base) =>
    paths.map((path) =>
      http.all(
        new RegExp(`^${escapeForRegExp(base).replace(/^https?/, 'https?')}${path}$`),
        async ({ request }) => {
          try {
            const reply = await zapsign.reply(await toApiRequest(request, base))
            if (latency > 0) await wait(latency, request.signal)
            return await toResponse(reply, request.signal)
          } catch {
            // The connection breaks, or the client has gone: MSW has one word for both.
            return HttpResponse.error()
          }
        },
      ),
    ),
  )
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
