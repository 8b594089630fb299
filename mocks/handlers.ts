import { type HttpHandler, HttpResponse, http } from 'msw'
import * as v from 'valibot'
import {
  type ApiRequest,
  assertZapSign,
  createZapSign,
  DOCUMENTED_URLS,
  internalsOf,
  type Latency,
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
  /** The URL at which the client under test calls ZapSign. @default all documented hosts */
  baseUrl?: string | URL | readonly (string | URL)[]
  /** Whether the protected endpoints that the mock models, such as `/api/v1/docs/`, are answered too. @default false */
  pages?: boolean
  /**
   * The delay of each reply, such as `'200ms'`, in real time, even with a test runner's fake timers.
   * @default no delay
   */
  latency?: Latency
}

/** All sign-in paths, with any number of slashes between the parts that a client joins. */
const SIGN_IN = '/+api/+v1/+auth(?:/[^?#]*)?'

/**
 * At ZapSign's hosts, everything that looks like a sign-in: it may contain credentials, so it must not
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
 * else that accepts handlers.
 *
 * @throws a `TypeError` or a `RangeError` for wrong options
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

  return parseBaseUrls(baseUrl).flatMap((url) => {
    const isDocumented = DOCUMENTED_URLS.some((one) => one === url)
    const base = { url, isDocumented }
    const resolve = async ({ request }: { request: Request }) => {
      // The provider must see whether one of its hosts was called with http.
      const isHttp = isDocumented && request.url.startsWith('http:')
      const called = isHttp ? url.replace(/^https:/, 'http:') : url
      const sent = await read(request, called)
      if (!sent) return HttpResponse.error()
      const reply = await zapsign.reply(sent)
      try {
        const delay = latency()
        if (delay > 0) await wait(delay, request.signal)
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

/**
 * Reads a copy of a request, so that listeners can still read the request itself. Resolves to nothing
 * when its body breaks off. Throws a `TypeError` when another handler or listener has read the body.
 */
async function read(request: Request, baseUrl: string): Promise<ApiRequest | undefined> {
  if (request.bodyUsed)
    throw new TypeError(
      `The body of ${request.method} ${request.url} was read before zapsign-mock could answer: read request.clone() in your handlers and listeners`,
    )
  return toApiRequest(request.clone(), baseUrl).catch(() => undefined)
}

/** Where the client under test calls ZapSign. */
interface Base {
  url: string
  isDocumented: boolean
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
function viewHandlers(base: Base, view: View, resolve: Resolver): HttpHandler[] {
  // With and without the final slash: the provider redirects.
  const path = `${view.path.replace(/\{\w+\}/g, '[^/?#]+')}?`
  return Object.entries(FUNCTIONS).flatMap(([method, handle]) =>
    models(view, method) ? [handle(addresses(base, path), resolve)] : [],
  )
}

/**
 * The URLs of a path below a base. With http or https: a request with the wrong one must not reach the
 * network either. A documented host matches on any port and with a final dot: through a proxy agent
 * MSW sees `https://api.zapsign.com.br:80/`.
 */
function addresses({ url, isDocumented }: Base, path: string): RegExp {
  const root = escapeForRegExp(url).replace(/^https?/, 'https?')
  return new RegExp(`^${root}${isDocumented ? '\\.?(?::\\d+)?' : ''}(?:${path})$`, 'i')
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
