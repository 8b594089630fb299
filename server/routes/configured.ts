import type { RequestHandler } from 'express'
import {
  createRouter,
  internalsOf,
  type loadFaker,
  type Params,
  type Provider,
  toMilliseconds,
  wait,
} from '../../src/internal.js'
import { whileConnected } from '../http/send-reply.js'
import type { RouteOptions, RouteReply } from './options.js'
import type { PreparedRoute } from './pass.js'
import {
  assertPlaceholder,
  fillHeader,
  fillIn,
  placeholdersIn,
  type Values,
} from './placeholders.js'
import type { ReadRequest } from './read-values.js'

interface Prepared {
  provider: Provider
  faker: Awaited<ReturnType<typeof loadFaker>> | undefined
}

/**
 * Prepares the routes of a configuration. Throws a `RangeError` for an unknown placeholder, and for two
 * routes with the same method and path.
 */
export function prepareRoutes(
  options: readonly RouteOptions[],
  { provider, faker }: Prepared,
): PreparedRoute[] {
  const known = new Set<string>()
  return options.map((options, index) => {
    const { method, path, protected: isProtected = true } = options
    const place = `routes[${index}]`
    if (known.has(`${method} ${path}`))
      throw new RangeError(`${place}: there is a route for ${method} ${path} already`)
    known.add(`${method} ${path}`)
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    for (const placeholder of placeholdersIn([repliesOf(options)]))
      assertPlaceholder(placeholder, { place, names, faker })
    return {
      isProtected,
      matches: (request) => matchOf(path, method, request) !== undefined,
      handle: createReplies(options, { provider, faker }),
    }
  })
}

function repliesOf({ replies, ...reply }: RouteOptions): readonly RouteReply[] {
  return replies ?? [reply]
}

function replyAt(options: RouteOptions, count: number): RouteReply {
  const replies = repliesOf(options)
  return replies[Math.min(count, replies.length - 1)] ?? {}
}

function createReplies(options: RouteOptions, { provider, faker }: Prepared): RequestHandler {
  let count = 0
  return async (request: ReadRequest, response) => {
    const { status = 200, body, headers = {}, delay } = replyAt(options, count)
    count += 1
    const milliseconds = toMilliseconds(delay) ?? 0
    if (milliseconds > 0) await wait(milliseconds, whileConnected(response)).catch(() => {})
    const values: Values = {
      path: matchOf(options.path, options.method, request) ?? {},
      query: Object.fromEntries(new URL(request.url, 'http://localhost').searchParams),
      body: request.body,
      now: new Date(await internalsOf(provider).store.now()),
      faker,
    }
    response.statusCode = status
    if (body !== undefined) response.setHeader('content-type', 'application/json')
    for (const [name, template] of Object.entries(headers))
      response.setHeader(name, fillHeader(template, values))
    response.end(body === undefined ? undefined : JSON.stringify(fillIn(body, values)))
  }
}

/** The values of a path's placeholders, or `undefined` for a request to another path or method. */
function matchOf(
  path: string,
  method: string,
  request: { method?: string; url: string },
): Params | undefined {
  const isMethod = request.method === method || (request.method === 'HEAD' && method === 'GET')
  if (!isMethod) return undefined
  const found = createRouter([{ path }])(request.url.split('?', 1)[0] ?? '')
  return found.kind === 'found' ? found.params : undefined
}
