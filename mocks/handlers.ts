import { type HttpHandler, HttpResponse, http } from 'msw'
import * as v from 'valibot'
import {
  assertZapSign,
  createZapSign,
  DOCUMENTED_URLS,
  type Duration,
  internalsOf,
  latency,
  models,
  objectOf,
  toApiRequest,
  toResponse,
  type View,
  validate,
  wait,
  type ZapSign,
} from '../src/internal.js'
import { parseBaseUrls } from './base-url.js'

/** What handlers do besides answering requests. */
export interface HandlersOptions {
  /** The URL that the client under test has for ZapSign. @default all documented hosts */
  baseUrl?: string | URL | readonly (string | URL)[]
  /** Whether the protected endpoints (`/api/v1/docs/`, `/api/v1/users/`) are answered too. @default false */
  pages?: boolean
  /** How long each reply is held back, in real time, even with a test runner's fake timers. @default none */
  latency?: Duration
}

/** All sign-in paths, with any number of slashes where a client joins them. */
const SIGN_IN = '/+api/+v1/+auth(?:/[^?#]*)?'

/**
 * At ZapSign's hosts, everything that looks like a sign-in: it may carry credentials, so none of it may
 * reach the network. At other hosts such paths belong to the user.
 */
const LIKE_SIGN_IN =
  '/(?:[^?#]*/)?auth(?:/[^?#]*)?|/+(?:api/+)?(?:v1/+)?token(?:-refresh)?(?:/[^?#]*)?'

const optionsSchema = objectOf({
  baseUrl: v.optional(v.unknown(), DOCUMENTED_URLS),
  pages: v.optional(v.boolean('true or false'), false),
  latency,
})

/**
 * Creates MSW handlers that answer in place of ZapSign, for `msw/node`, `msw/browser` and everything
 * else that accepts handlers. Throws a `TypeError` or a `RangeError` for wrong options.
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
  const views = pages ? internalsOf(zapsign).views.filter(({ isProtected }) => isProtected) : []

  return parseBaseUrls(baseUrl).flatMap((base) => {
    const isDocumented = DOCUMENTED_URLS.some((url) => url === base)
    const resolve = async ({ request }: { request: Request }) => {
      // The provider must see whether one of its hosts was called with http.
      const called = isDocumented ? base.replace(/^https:/, new URL(request.url).protocol) : base
      try {
        const reply = await zapsign.reply(await toApiRequest(request, called))
        if (latency > 0) await wait(latency, request.signal)
        return await toResponse(reply, request.signal)
      } catch {
        // The connection breaks, or the client has gone: MSW has one response for both.
        return HttpResponse.error()
      }
    }
    const signIn = http.all(addresses(base, isDocumented ? LIKE_SIGN_IN : SIGN_IN), resolve)
    return [signIn, ...views.flatMap((view) => viewHandlers(base, view, resolve))]
  })
}

type Resolver = (info: { request: Request }) => Promise<Response>

/** MSW's function for each method. */
const FUNCTIONS = {
  GET: http.get,
  HEAD: http.head,
  POST: http.post,
  PUT: http.put,
  PATCH: http.patch,
  DELETE: http.delete,
  OPTIONS: http.options,
} as const

/** Handlers for what a view answers by itself. Any other method is left to the user's handlers. */
function viewHandlers(base: string, view: View, resolve: Resolver): HttpHandler[] {
  // With and without the final slash: the provider redirects.
  const path = `${view.path.replace(/\{\w+\}/g, '[^/?#]+')}?`
  return Object.entries(FUNCTIONS).flatMap(([method, handle]) =>
    models(view, method) ? [handle(addresses(base, path), resolve)] : [],
  )
}

/** With http or https: a request with the wrong one must not reach the network either. */
function addresses(base: string, path: string): RegExp {
  return new RegExp(`^${escapeForRegExp(base).replace(/^https?/, 'https?')}(?:${path})$`, 'i')
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
