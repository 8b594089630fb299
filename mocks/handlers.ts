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
} from '../src/internal.js'
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

const DOCUMENTED_HOSTS = [PRODUCTION_URL, SANDBOX_URL, BRAZIL_URL]

/** Everything about signing in, however many slashes a client joins it with. */
const SIGN_IN = '/+api/+v1/+auth(?:/[^?#]*)?'

/**
 * At ZapSign itself, whatever looks like signing in: with credentials in it, none of it may reach the
 * network. Elsewhere such addresses are the user's own.
 */
const LIKE_SIGN_IN =
  '/(?:[^?#]*/)?auth(?:/[^?#]*)?|/+(?:api/+)?(?:v1/+)?token(?:-refresh)?(?:/[^?#]*)?'

/** With and without the final slash. */
const PAGES = PROTECTED_PATHS.map((path) => `${path}?`)

const optionsSchema = objectOf({
  baseUrl: v.optional(v.unknown(), DOCUMENTED_HOSTS),
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
  return parseBaseUrls(baseUrl).flatMap((base) => {
    const signIn = DOCUMENTED_HOSTS.includes(base) ? LIKE_SIGN_IN : SIGN_IN
    const paths = pages ? [signIn, ...PAGES] : [signIn]
    return paths.map((path) =>
      http.all(addresses(base, path), async ({ request }) => {
        try {
          const reply = await zapsign.reply(await toApiRequest(request, base))
          if (latency > 0) await wait(latency, request.signal)
          return await toResponse(reply, request.signal)
        } catch {
          // The connection breaks, or the client has gone: MSW has one word for both.
          return HttpResponse.error()
        }
      }),
    )
  })
}

/** With http or https: a client that has the wrong one must not reach the network either. */
function addresses(base: string, path: string): RegExp {
  return new RegExp(`^${escapeForRegExp(base).replace(/^https?/, 'https?')}(?:${path})$`, 'i')
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
