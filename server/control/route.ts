import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type * as v from 'valibot'
import type { Context, MaybePromise } from '../../src/internal.js'
import type { ReceivedLog } from '../console/received.js'

/** What the routes of one control API share. */
export interface ControlContext extends Context {
  readonly version: string
  /** The options of the server, without secrets. */
  readonly server: Readonly<Record<string, unknown>>
  /** What came in with the newest requests. */
  readonly received?: ReceivedLog | undefined
  /** Aborts when the server closes. */
  readonly signal: AbortSignal
  /** The event streams that are open. */
  readonly streams: Set<ServerResponse>
}

/** A control request that the guards let through and the schemas accept. */
export interface Call<Query = unknown, Body = unknown> {
  context: ControlContext
  /** The decoded segments of the path that the template names. */
  params: Readonly<Record<string, string>>
  query: Query
  body: Body
  headers: IncomingHttpHeaders
}

/** The reply to a control request: JSON, a text of any type, nothing, or a stream. */
export interface ControlAnswer {
  status: number
  headers?: Readonly<Record<string, string>>
  json?: unknown
  text?: string
  /** Writes to the response, and ends it. */
  stream?(response: ServerResponse): void
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One operation of the control API. */
export interface Route {
  /** The `operationId` in the OpenAPI document. */
  id: string
  method: Method
  /** Below `/__zapsign/`; `{name}` matches one segment. */
  path: string
  /** Whether no control token is needed. */
  isPublic?: boolean
  /** Whether a link on another site may lead here. Only for pages without data. */
  isPage?: boolean
  /** @default no query parameters */
  query?: v.GenericSchema | undefined
  /** @default no fields */
  body?: v.GenericSchema | undefined
  answer(call: Call): MaybePromise<ControlAnswer>
}

type InputOf<S> = S extends v.GenericSchema ? v.InferInput<S> : Record<string, never>

/** A route whose `answer` has the types of its schemas. */
export function route<
  const Query extends v.GenericSchema | undefined = undefined,
  const Body extends v.GenericSchema | undefined = undefined,
>(
  row: Omit<Route, 'query' | 'body' | 'answer'> & {
    query?: Query
    body?: Body
    answer(call: Call<InputOf<Query>, InputOf<Body>>): MaybePromise<ControlAnswer>
  },
): Route {
  return row as Route
}
