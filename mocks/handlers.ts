import { type HttpHandler, HttpResponse, http } from 'msw'
import * as v from 'valibot'
import {
  assertZapSign,
  BRAZIL_URL,
  createZapSign,
  type Duration,
  latency,
  objectOf,
  PRODUCTION_URL,
  PROTECTED_PATHS,
  SANDBOX_URL,
  toApiRequest,
  toResponse,
  validate,
  wait,
  type ZapSign,
} from '../src/index.js'
import { parseBaseUrls } from './base-url.js'

/** What handlers do besides carrying requests. */
export interface HandlersOptions {
  /** Where the client under test believes ZapSign to be; all documented hosts by default. */
  baseUrl?: string | URL | readonly (string | URL)[]
  /** Whether the protected pages (`/api/v1/docs/`, `/api/v1/users/`) are answered too. `false` by default. */
  pages?: boolean
  /** How long every reply is held back, in real time, whatever a test runner does to timers. */
  latency?: Duration
}

/**
 * Whatever looks like signing in, a client's near misses too (`//api/v1/auth/…`, `/auth/token/1`): with
 * credentials in it, none of it may reach the network.
 */
const SIGN_IN = '/(?:[^?#]*/)?auth(?:/[^?#]*)?'

/** With and without the final slash. */
const PAGES = PROTECTED_PATHS.map((path) => `${path}?`)

const optionsSchema = objectOf({
  baseUrl: v.optional(v.unknown(), [PRODUCTION_URL, SANDBOX_URL, BRAZIL_URL]),
  pages: v.optional(v.boolean('true or false'), false),
  latency,
})

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
  const { baseUrl, pages, latency } = validate(optionsSchema, options)
  const paths = pages ? [SIGN_IN, ...PAGES] : [SIGN_IN]

  return parseBaseUrls(baseUrl).flatMap((base) =>
    paths.map((path) =>
      http.all(
        new RegExp(`^${escapeForRegExp(base).replace(/^https?/, 'https?')}${path}$`, 'i'),
        async ({ request }) => {
          const reply = await zapsign.reply(await toApiRequest(request, base))
          try {
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
