import type { Route } from '../route.js'
import { CONSOLE } from './console.js'
import { EVENTS } from './events.js'
import { LOGIN_LIMIT } from './login-limit.js'
import { OUTCOMES } from './outcomes.js'
import { REQUESTS } from './requests.js'
import { STATE } from './state.js'
import { TIME } from './time.js'
import { TOKENS } from './tokens.js'
import { USERS } from './users.js'

/** Every operation of the control API. A new one is one row in one of these lists. */
export const ROUTES: readonly Route[] = [
  ...STATE,
  ...TIME,
  ...OUTCOMES,
  ...REQUESTS,
  ...EVENTS,
  ...TOKENS,
  ...LOGIN_LIMIT,
  ...USERS,
]

/** The route for a path and a method, or the methods that the path allows. */
export type Located =
  | { route: Route; params: Readonly<Record<string, string>>; allowed?: never }
  | { route?: never; params?: never; allowed: readonly string[] }

/** @param path What follows `/__zapsign/`, percent-encoded. */
export function locate(path: string, method: string): Located {
  const matches = [...ROUTES, ...CONSOLE].flatMap((route) => {
    const params = match(route.path, path)
    return params ? [{ route, params }] : []
  })
  const wanted = method === 'HEAD' ? 'GET' : method
  const found = matches.find(({ route }) => route.method === wanted)
  return found ?? { allowed: [...new Set(matches.flatMap(({ route }) => allowedBy(route)))] }
}

function allowedBy({ method }: Route): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method]
}

function match(template: string, path: string): Record<string, string> | undefined {
  const names = template.split('/')
  const segments = path.split('/').map(decode)
  const params: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const segment = segments[index]
    if (segment === undefined || segments.includes(undefined)) return undefined
    if (name.startsWith('{') && segment !== '') params[name.slice(1, -1)] = segment
    else if (name !== segment) return undefined
  }
  return names.length === segments.length ? params : undefined
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
