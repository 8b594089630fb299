import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ZapSign } from '../../src/internal.js'
import type { BearerMiddleware, GuardedRequest } from './require-bearer.js'

/** A request to a route: Express's own, with the caller that `requireBearer` accepted. */
export interface RouteRequest extends GuardedRequest {
  /** The values of the path's parameters. */
  params: Record<string, string>
  /** The values of the query. */
  query: Record<string, string | string[] | undefined>
  /** The parsed JSON or form; `undefined` for another or a broken body. */
  body: unknown
  /** The path, without the query. */
  path: string
  /** The path and the query, as the client sent them. */
  originalUrl: string
}

/** The response to a request to a route: Express's own. */
export interface RouteResponse extends ServerResponse {
  /** Sets the status. */
  status(code: number): this
  /** Sets a header. */
  set(name: string, value: string): this
  /** Sends a value as JSON. */
  json(body: unknown): this
  /** Sends a text, bytes, or a value as JSON. */
  send(body: unknown): this
}

/** A handler of a route. */
export type RouteHandler = (
  request: RouteRequest,
  response: RouteResponse,
  next: (error?: unknown) => void,
) => unknown

/** Adds a route: a path as Express reads it, then the handlers. */
export type AddRoute = (path: string | RegExp, ...handlers: RouteHandler[]) => unknown

/** The part of Express's router that a routes module needs. At run time it is Express's own router. */
export interface RoutesRouter {
  get: AddRoute
  post: AddRoute
  put: AddRoute
  patch: AddRoute
  delete: AddRoute
  all: AddRoute
  /** Adds handlers for every request that reaches the router. */
  use(...handlers: RouteHandler[]): unknown
}

/** What the default export of a routes module gets besides the router. */
export interface RoutesContext {
  /** The provider behind the mock. */
  zapsign: ZapSign
  /** The middleware that guards a route, already bound to the mock. */
  requireBearer: BearerMiddleware
}

/**
 * The default export of a routes module. The mock waits for it before it listens.
 *
 * @example
 * import type { RoutesModule } from 'zapsign-mock/server'
 *
 * const routes: RoutesModule = (router, { requireBearer }) => {
 *   router.get('/api/v1/templates/', requireBearer, (request, response) => {
 *     response.json({ user: request.zapsign?.user })
 *   })
 * }
 * export default routes
 */
export type RoutesModule = (router: RoutesRouter, context: RoutesContext) => void | Promise<void>

/** A routes module that cannot be used: one line that names it, and the line in it where it is known. */
export class RoutesError extends Error {
  override name = 'RoutesError'
  readonly code = 'ERR_ZAPSIGN_ROUTES'
}

/**
 * Loads a routes module: a file, or the path of a package's module, as seen from the working directory
 * or else from this package. Throws a {@link RoutesError}.
 */
export async function loadModule(name: string): Promise<{ define: RoutesModule; file: string }> {
  const file = find(name)
  const module = await load(file).catch((error: unknown) => {
    throw new RoutesError(`Cannot load ${name}: ${explain(error, file)}`)
  })
  const { default: given } = module as { default?: unknown }
  // A CommonJS module that was compiled from ESM has its default export one level deeper.
  const routes = typeof given === 'function' ? given : Object(given).default
  if (typeof routes === 'function') return { define: routes, file }
  throw new RoutesError(
    `${name} must export a function as default: export default (router, { requireBearer }) => { … }`,
  )
}

function find(name: string): string {
  const file = resolve(name)
  if (existsSync(file)) return file
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name)
    } catch {
      // The next place may have it.
    }
  }
  throw new RoutesError(`Cannot find the routes module ${name}: no such file, and no such package`)
}

async function load(file: string): Promise<unknown> {
  const isTypeScript = /\.[mc]?ts$/.test(extname(file))
  if (isTypeScript && !Object(process.features).typescript) return loadTsx().require(file, file)
  return import(pathToFileURL(file).href)
}

/** tsx of the current project, for versions of Node that do not strip types. */
function loadTsx(): { require(file: string, from: string): unknown } {
  try {
    return createRequire(join(process.cwd(), 'package.json'))('tsx/cjs/api')
  } catch {
    throw new RoutesError(
      'TypeScript needs Node 22.18 or newer, or tsx in your project: npm install --save-dev tsx',
    )
  }
}

/** The first line of an error, with the line of the module where it happened. */
export function explain(error: unknown, file: string): string {
  const { name = 'Error', message = String(error), stack = '' } = Object(error)
  if (error instanceof RoutesError) return error.message
  const [first = ''] = String(message).split('\n')
  const place = lineIn(String(stack), file) ?? (name === 'SyntaxError' && syntaxErrorLine(file))
  return `${name}: ${first}${place ? ` (line ${place})` : ''}`
}

/** The number behind the first place of a file in a text such as a stack. */
function lineIn(text: string, file: string): string | undefined {
  const at = text.indexOf(`${file}:`)
  return at < 0 ? undefined : /^\d+/.exec(text.slice(at + file.length + 1))?.[0]
}

/** Node tells the line of a syntax error only when it prints the error itself. */
function syntaxErrorLine(file: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', file], {
    encoding: 'utf8',
    timeout: 5000,
  })
  return lineIn(stderr, file)
}
