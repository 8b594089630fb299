import type { ApiRequest } from './api.js'
import { type Authentication, authenticate } from './bearer.js'
import type { CallNotes, Endpoint, Provider } from './call.js'
import { ENDPOINTS } from './endpoints/index.js'
import { negotiate } from './framework/negotiation.js'
import { encodeQuery, type Params, route } from './framework/routing.js'
import { wireBytes } from './python/codecs.js'
import { parseForm, TooManyFieldsError } from './python/urllib.js'
import { type Answer, refuse } from './refusals.js'

/** The most bytes of a request body that are read. ZapSign publishes no limit for these endpoints. */
export const BODY_LIMIT = 10 * 1024 * 1024

/** What the provider says to a request, whatever the request is. */
export async function answer(
  provider: Provider,
  request: ApiRequest,
  notes: CallNotes,
): Promise<Answer> {
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
  return answer.raw ? answer : { ...answer, headers, rendering }

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

/** A query's fields, or `undefined` when there are more than the framework takes. */
export function readQuery(query: string): ReadonlyMap<string, string> | undefined {
  try {
    return parseForm(wireBytes(query))
  } catch (error) {
    if (error instanceof TooManyFieldsError) return undefined
    throw error
  }
}
