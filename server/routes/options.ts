import * as v from 'valibot'
import { type Duration, objectOf, routeDelay, wholeNumber } from '../../src/internal.js'

/** A reply of a route. Texts may contain placeholders such as `{{path.token}}`. */
export interface RouteReply {
  /** @default 200 */
  status?: number | undefined
  /** A JSON value. @default no body */
  body?: unknown
  /** Besides the media type. @default no headers */
  headers?: Record<string, string> | undefined
  /** Delays this reply by a time such as `'200ms'`, in real time, after the server's `latency`. @default no delay */
  delay?: Duration | undefined
}

/** A user's endpoint, answered by the mock. */
export interface RouteOptions extends RouteReply {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With placeholders in braces: `/api/v1/docs/{token}/`. Not under `/api/v1/auth/` or `/__zapsign/`. */
  path: string
  /** Whether the mock authenticates the caller as ZapSign does. @default true */
  protected?: boolean | undefined
  /** Several replies: one for each request in turn, the last one for all further requests. @default the one reply of the row */
  replies?: RouteReply[] | undefined
}

const PATH_FORMS = 'a path such as "/api/v1/docs/{token}/"'

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

const replyEntries = {
  status: v.optional(wholeNumber(200, 599)),
  body: v.optional(v.unknown()),
  headers: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(HEADER_NAME, 'a header name')),
      v.pipe(v.string('a string'), v.regex(/^[^\r\n\0]*$/, 'a string without line breaks')),
      'an object of headers',
    ),
  ),
  delay: routeDelay,
}

const routeSchema = objectOf({
  method: v.picklist(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    'one of GET, POST, PUT, PATCH, DELETE',
  ),
  path: v.pipe(
    v.string(PATH_FORMS),
    v.check((path) => /^(?:\/(?:[^/?#\s{}]+|\{\w+\}))*\/?$/.test(path) && path !== '', PATH_FORMS),
    v.check(
      (path) => !isReserved(path),
      'outside of /api/v1/auth/ and /__zapsign/, which the mock answers itself',
    ),
  ),
  protected: v.optional(v.boolean('true or false')),
  ...replyEntries,
  replies: v.optional(
    v.pipe(
      v.array(objectOf(replyEntries), 'a list of replies'),
      v.minLength(1, 'a list with at least one reply'),
    ),
  ),
})

const ROUTES_FORMS = 'the name of a module, or a list of routes and names of modules'

const moduleName = v.pipe(v.string(ROUTES_FORMS), v.nonEmpty(ROUTES_FORMS))

/** The option `routes`. */
export const routesOption = v.optional(
  v.lazy((input) =>
    typeof input === 'string'
      ? moduleName
      : v.array(
          v.lazy((item) => (typeof item === 'string' ? moduleName : routeSchema)),
          ROUTES_FORMS,
        ),
  ),
)

/** Whether a path belongs to the mock, so that no route may answer it. */
export function isReserved(path: string): boolean {
  return /^\/+(?:api\/+v1\/+auth|__zapsign)(?:\/|$)/i.test(path)
}
