import { Router } from 'express'
import type { Provider, ZapSign } from '../../src/internal.js'
import { explain, loadModule, type RoutesContext, RoutesError } from './load-module.js'
import { isReserved } from './options.js'
import type { PreparedRoute } from './pass.js'
import type { ReadRequest } from './read-values.js'
import { bearerMiddlewareOf } from './require-bearer.js'

/** The part of Express's router that tells which requests it answers. */
interface Layer {
  match(path: string): boolean
  /** The part of the path that matched. */
  path?: string
  route?: { path: unknown; methods: Readonly<Record<string, boolean>> }
  handle: { stack?: readonly Layer[] }
}

/**
 * Runs a routes module. Its routes protect themselves with `requireBearer`. Throws a
 * {@link RoutesError} for a module that fails, and for routes under `/api/v1/auth/` or `/__zapsign/`.
 */
export async function routesOfModule(name: string, provider: Provider): Promise<PreparedRoute> {
  const { define, file } = await loadModule(name)
  const router = Router()
  try {
    await define(router, contextOf(provider))
  } catch (error) {
    throw new RoutesError(`${name} failed: ${explain(error, file)}`)
  }
  const stack = router.stack as unknown as readonly Layer[]
  assertAllowed(name, stack)
  return {
    isProtected: false,
    matches: (request) => answers(stack, methodOf(request), request.url.split('?', 1)[0] ?? ''),
    handle: router,
  }
}

/** Without the handle `zapsign` where the state is in a store, which cannot be read at once. */
function contextOf(provider: Provider): RoutesContext {
  const requireBearer = bearerMiddlewareOf(provider)
  if (isHandle(provider)) return { zapsign: provider, requireBearer }
  return {
    requireBearer,
    get zapsign(): never {
      throw new TypeError(
        '`zapsign` is missing with a store: call connect(url) of zapsign-mock/server instead',
      )
    },
  }
}

function isHandle(provider: Provider): provider is ZapSign {
  return 'time' in provider
}

function methodOf({ method = '' }: ReadRequest): string {
  return method.toLowerCase()
}

/** Whether a route of a router, or of a router within it, answers a request. */
function answers(stack: readonly Layer[], method: string, path: string): boolean {
  return stack.some((layer) => {
    if (!layer.match(path)) return false
    const { route, handle } = layer
    if (route) {
      const { methods } = route
      return Boolean(methods['_all'] || methods[method] || (method === 'head' && methods['get']))
    }
    const rest = path.slice(layer.path?.length ?? 0)
    return handle.stack
      ? answers(handle.stack, method, rest.startsWith('/') ? rest : `/${rest}`)
      : false
  })
}

const RESERVED = ['/api/v1/auth/token/1/', '/api/v1/auth/token-refresh/', '/__zapsign/']

function assertAllowed(name: string, stack: readonly Layer[]): void {
  for (const { route } of stack) {
    for (const path of [route?.path].flat()) {
      if (typeof path === 'string' && isReserved(path)) throw reserved(name, path)
    }
  }
  const methods = ['get', 'post', 'put', 'patch', 'delete']
  const taken = RESERVED.find((path) => methods.some((method) => answers(stack, method, path)))
  if (taken) throw reserved(name, taken)
}

function reserved(name: string, path: string): RoutesError {
  return new RoutesError(
    `${name} has a route for ${path}: the mock itself answers everything under /api/v1/auth/ and /__zapsign/`,
  )
}
