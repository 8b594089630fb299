import type { ApiRequest, Basis } from './api.js'
import { type Authentication, authenticate } from './bearer.js'
import type { CallNotes, Endpoint, Provider } from './call.js'
import { ENDPOINTS } from './endpoints/index.js'
import { negotiate, type Rendering } from './framework/negotiation.js'
import { readQuery } from './framework/query.js'
import { encodeQuery, type Params, route } from './framework/routing.js'
import { type Answer, refuse } from './refusals.js'
import { numberUsers } from './state/users.js'

/** The most bytes of a request body that are read. ZapSign publishes no limit for these endpoints. */
export const BODY_LIMIT = 10 * 1024 * 1024

/** What the provider says to a request, whatever the request is. */
export async function answer(
  provider: Provider,
  request: ApiRequest,
  notes: CallNotes,
): Promise<Answer> {
  numberUsers(provider.users)
  if (isTooLarge(request)) return refuse('bodyTooLarge')
  const found = route(ENDPOINTS, request.path)
  if (found.kind === 'unknown') return refuse('notFound')
  if (found.kind === 'slashMissing') return redirect(request, found.location)
  const forced = provider.outcomes.takeOnArrival()
  if (forced) return forced
  const query = readQuery(request.query)
  if (!query) return refuse('badRequest')
  return answerAt(found.endpoint, { provider, request, params: found.params, query, notes })
}

/** In the framework's order: Accept, then who calls, then the method, then the endpoint itself. */
async function answerAt(endpoint: Endpoint, view: ViewCall): Promise<Answer> {
  const { provider, request, query } = view
  const headers = { allow: allowedMethods(endpoint).join(', ') }
  const format = query.get('format')
  if (format && format !== 'json') return { ...refuse('formatNotFound'), headers }
  const rendering = negotiate(request.headers.get('accept'))
  if (!rendering) return { ...refuse('notAcceptable'), headers }
  const answer = await judge()
  // Django's own pages come from outside the endpoint, and know nothing of it.
  if (answer.raw) return answer
  return { ...answer, headers, rendering, basis: basisOf(answer, rendering) }

  /** What is documented answers a documented request: without indentation, and not HEAD. */
  function basisOf({ basis }: Answer, { indent }: Rendering): Basis {
    const isDocumented =
      view.notes.isDocumented !== false &&
      indent === undefined &&
      request.method.toUpperCase() !== 'HEAD'
    return basis === 'documented' && !isDocumented ? 'inferred' : basis
  }

  async function judge(): Promise<Answer> {
    const { bearer, refusal } = await caller()
    if (refusal) return refusal
    const method = request.method.toUpperCase()
    if (method === 'OPTIONS') return describe(endpoint)
    if (!allowedMethods(endpoint).includes(method)) return refuse('methodNotAllowed', method)
    return endpoint.answer({ ...view, bearer })
  }

  async function caller(): Promise<Partial<Authentication>> {
    return endpoint.isProtected ? authenticate(provider, { headers: request.headers, query }) : {}
  }
}

interface ViewCall {
  provider: Provider
  request: ApiRequest
  params: Params
  query: ReadonlyMap<string, string>
  notes: CallNotes
}

/** Where there is GET, the framework answers HEAD too. */
function allowedMethods({ method }: Endpoint): string[] {
  return method === 'GET' ? ['GET', 'HEAD', 'OPTIONS'] : [method, 'OPTIONS']
}

function describe({ metadata }: Endpoint): Answer {
  return { outcome: 'described', status: 200, basis: 'inferred', json: () => metadata }
}

function redirect({ baseUrl = '', query }: ApiRequest, location: string): Answer {
  const prefix = baseUrl.replace(/^[a-z]+:\/\/[^/]*/, '')
  const target = prefix + location + (query && `?${encodeQuery(query)}`)
  return { ...refuse('slashMissing'), headers: { location: target } }
}

function isTooLarge({ headers, body }: ApiRequest): boolean {
  return body.byteLength > BODY_LIMIT || Number(headers.get('content-length') ?? 0) > BODY_LIMIT
}
