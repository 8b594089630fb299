import { show } from './misuse.js'

/** Looks a header up by name, in any case; `Headers` does. */
export interface HeaderLookup {
  get(name: string): string | null
}

/** A request as plain data, before anybody has parsed any of it. */
export interface ApiRequest {
  /** Upper case, as on the wire: `POST`. */
  method: string
  /** The raw path, percent-encoded, from its first slash: `/api/v1/auth/token/11111/`. */
  path: string
  /** The raw query without its question mark; empty when there is none. */
  query: string
  headers: HeaderLookup
  body: Uint8Array
  /**
   * Where the API's root stands for this caller, without a final slash. Redirects and page links
   * start from it; the production host unless a face says otherwise.
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
 * Where an answer's behaviour comes from, sent as the header `x-zapsign-mock`: `documented` (status
 * and body published by ZapSign), `inferred` (as the frameworks do it that ZapSign evidently runs),
 * `configured` (the mock's own), `forced` (an outcome that the user asked for).
 */
export type Basis = (typeof BASES)[number]

export const BASES = ['documented', 'inferred', 'configured', 'forced'] as const

/** The header that names the {@link Basis} of every reply. */
export const BASIS_HEADER = 'x-zapsign-mock'

/** Throws a `TypeError` that names what keeps a value from being an {@link ApiRequest}. */
export function assertApiRequest(value: unknown): asserts value is ApiRequest {
  const { method, path, query, headers, body } = Object(value) as Partial<ApiRequest>
  const wrong =
    Object.entries({ method, path, query }).find(([, text]) => typeof text !== 'string')?.[0] ??
    (typeof headers?.get !== 'function' ? 'headers' : undefined) ??
    (ArrayBuffer.isView(body) ? undefined : 'body')
  if (!wrong) return
  throw new TypeError(
    `reply takes { method, path, query, headers, body }, three strings, what has get(name) as Headers does, and a Uint8Array: got ${show(Object(value)[wrong])} for ${wrong}`,
  )
}
