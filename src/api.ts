import { show } from './misuse.js'

/** Looks a header up by name, in any case; `Headers` does. */
export interface HeaderLookup {
  /** The value of a header, whatever the case of its name. */
  get(name: string): string | null
}

/** A request as plain data, not yet parsed. */
export interface ApiRequest {
  /** Upper case, as on the wire: `POST`. */
  method: string
  /** The raw path, percent-encoded, from its first slash: `/api/v1/auth/token/11111/`. */
  path: string
  /** The raw query without its question mark; empty without a query. */
  query: string
  headers: HeaderLookup
  body: Uint8Array
  /**
   * The URL of the API's root as this caller knows it, without a final slash. Redirects and page
   * links start from it. The production host when an adapter leaves it out.
   */
  baseUrl?: string
}

/** A reply as plain data. Header names are in lower case. */
export interface ApiReply {
  status: number
  headers: Record<string, string>
  body: string
  /**
   * Set when nothing is to be answered: the connection breaks (`connectionReset`) or stays silent
   * (`timeout`). The status is then 0.
   */
  fault?: Fault
  /** With `timeout`: aborts when the connection is to break, because outcomes were cleared. */
  released?: AbortSignal | undefined
}

/** How a connection fails without a reply. */
export type Fault = 'connectionReset' | 'timeout'

/**
 * The source of an answer, sent as the header `x-zapsign-mock`:
 *
 * - `documented`: ZapSign publishes the status and the body.
 * - `observed`: others saw it on the real service; ZapSign does not publish it.
 * - `inferred`: the frameworks that ZapSign evidently runs answer like this.
 * - `configured`: the user of the mock, or the mock itself, decides it.
 * - `forced`: the user asked for this outcome.
 * - `not-modelled`: ZapSign documents the endpoint, and the mock does not model it.
 */
export type Source = (typeof SOURCES)[number]

export const SOURCES = [
  'documented',
  'observed',
  'inferred',
  'configured',
  'forced',
  'not-modelled',
] as const

/** The header that names the {@link Source} of every reply. */
export const SOURCE_HEADER = 'x-zapsign-mock'

/** A value, or a promise of it: a store in memory answers at once, another one later. */
export type MaybePromise<T> = T | Promise<T>

const PROPERTIES = {
  method: 'a string',
  path: 'a string',
  query: 'a string',
  headers: 'an object with get(name), such as Headers',
  body: 'a Uint8Array',
} as const

/** Throws a `TypeError` that names the property that keeps a value from being an {@link ApiRequest}. */
export function assertApiRequest(value: unknown): asserts value is ApiRequest {
  const { method, path, query, headers, body } = Object(value) as Partial<ApiRequest>
  const isRight =
    typeof method === 'string' &&
    typeof path === 'string' &&
    typeof query === 'string' &&
    typeof headers?.get === 'function' &&
    ArrayBuffer.isView(body)
  if (isRight) return
  const wrong =
    Object.entries({ method, path, query }).find(([, text]) => typeof text !== 'string')?.[0] ??
    (typeof headers?.get === 'function' ? 'body' : 'headers')
  throw new TypeError(
    `reply() takes { method, path, query, headers, body }: ${wrong} must be ${PROPERTIES[wrong as keyof typeof PROPERTIES]}, got ${show(Object(value)[wrong])}`,
  )
}
