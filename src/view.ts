import { type Answer, refuse } from './answer.js'
import type { ApiRequest, MaybePromise, Source } from './api.js'
import { authenticate } from './bearer.js'
import { type Call, type Endpoint, METHODS, type Method } from './endpoints/endpoint.js'
import { negotiate, type Rendering } from './framework/negotiation.js'
import { createRouter } from './framework/routing.js'
import { andThen } from './maybe-promise.js'

/** The endpoints at one path, as one view of the framework. */
export interface View {
  readonly path: string
  readonly name?: Endpoint['name']
  readonly isProtected: boolean
  /** The methods that the view answers by itself, in the framework's order. */
  readonly methods: ReadonlyMap<Method, Endpoint>
  /** All methods that the view allows, in the framework's order: the `Allow` header. */
  readonly allowed: readonly string[]
  /** The headers of every answer. */
  readonly headers: { readonly allow: string }
  readonly metadata: Endpoint['metadata']
  readUser?: Endpoint['readUser']
}

/** Puts endpoints with the same path together. The order of the paths stays. */
export function toViews(endpoints: readonly Endpoint[]): View[] {
  const byPath = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    byPath.set(endpoint.path, [...(byPath.get(endpoint.path) ?? []), endpoint])
  }
  return [...byPath].map(([path, [first, ...others]]) => toView(path, first as Endpoint, others))
}

function toView(path: string, first: Endpoint, others: readonly Endpoint[]): View {
  const methods = new Map<Method, Endpoint>()
  for (const method of METHODS) {
    const endpoint = [first, ...others].find((one) => one.methods[method])
    if (endpoint) methods.set(method, endpoint)
  }
  const { name, isProtected, metadata, readUser } = first
  const head = methods.has('GET') ? ['HEAD'] : []
  const allowed = [...methods.keys(), ...head, 'OPTIONS']
  const headers = { allow: allowed.join(', ') }
  return { path, name, isProtected, metadata, readUser, methods, allowed, headers }
}

/** Answers in the framework's order: Accept, then the caller, then the method, then the endpoint. */
export function answerView(view: View, call: Call): MaybePromise<Answer> {
  const { headers } = view
  const format = call.query.get('format')
  if (format && format !== 'json') return { ...refuse('formatNotFound'), headers }
  const rendering = negotiate(call.request.headers.get('accept'))
  if (!rendering) return { ...refuse('notAcceptable'), headers }
  return andThen(answerCaller(view, call), (answer) => {
    // Django's own pages come from outside the view, which adds no headers to them.
    if (answer.raw) return answer
    const own = answer.headers ? { ...headers, ...answer.headers } : headers
    return { ...answer, headers: own, rendering, source: sourceOf(answer, call.request, rendering) }
  })
}

function answerCaller(view: View, call: Call): MaybePromise<Answer> {
  if (!view.isProtected) return answerMethod(view, call)
  const { context, request, query, now } = call
  const caller = authenticate(context, { headers: request.headers, query, now })
  return caller.then(({ bearer, refusal }) => refusal ?? answerMethod(view, { ...call, bearer }))
}

function answerMethod(view: View, call: Call): MaybePromise<Answer> {
  const method = call.request.method.toUpperCase()
  if (method === 'OPTIONS')
    return { outcome: 'described', status: 200, source: 'inferred', json: () => view.metadata }
  const found = method === 'HEAD' ? 'GET' : METHODS.find((one) => one === method)
  const answer = found && view.methods.get(found)?.methods[found]
  return answer ? answer(call) : refuse('methodNotAllowed', method)
}

/** Only the answer to a documented request is documented: without indentation, and not to HEAD. */
function sourceOf(
  { source, facts }: Answer,
  { method }: ApiRequest,
  { indent }: Rendering,
): Source {
  const isDocumented =
    facts?.isDocumented !== false && indent === undefined && method.toUpperCase() !== 'HEAD'
  return source === 'documented' && !isDocumented ? 'inferred' : source
}

/** Whether a view answers a method by itself: not with 405, and not as an endpoint that is not modelled. */
export function models({ methods }: View, method: string): boolean {
  if (method === 'OPTIONS') return [...methods.values()].some(isModelled)
  const name = METHODS.find((one) => one === (method === 'HEAD' ? 'GET' : method))
  const endpoint = name && methods.get(name)
  return endpoint !== undefined && isModelled(endpoint)
}

/**
 * Creates a function that says whether the provider answers a request other than with 404, or with 501
 * for what is not modelled.
 */
export function createIsAnswered(
  views: readonly View[],
): (request: { method: string; path: string }) => boolean {
  const findView = createRouter(views)

  function viewAt(path: string): View | undefined {
    const found = findView(path)
    if (found.kind === 'slashMissing') return viewAt(`${path}/`)
    return found.kind === 'found' ? found.endpoint : undefined
  }

  return ({ method, path }) => {
    const view = viewAt(path)
    if (!view) return false
    // Any other method is the provider's 405.
    return models(view, method) || (method !== 'OPTIONS' && !view.allowed.includes(method))
  }
}

/** Creates a function that says whether a request is to an endpoint that the provider models. */
export function createIsEndpoint(
  views: readonly View[],
): (request: { method: string; path: string }) => boolean {
  const findView = createRouter(views)
  return ({ method, path }) => {
    const found = findView(path)
    return found.kind === 'found' && models(found.endpoint, method)
  }
}

function isModelled({ isModelled = true }: Endpoint): boolean {
  return isModelled
}
