import type { Answer } from '../answer.js'
import type { ApiRequest, MaybePromise } from '../api.js'
import type { Bearer } from '../bearer.js'
import type { Context } from '../context.js'
import type { Params } from '../framework/routing.js'
import type { OutcomeTarget } from '../state/outcomes.js'

/** One request on its way through an endpoint. Nothing in it is changed on the way. */
export interface Call {
  readonly context: Context
  readonly request: ApiRequest
  readonly params: Params
  readonly query: ReadonlyMap<string, string>
  /** The one instant of the whole request, in milliseconds since 1970. */
  readonly now: number
  /** The caller, on protected endpoints. */
  readonly bearer?: Bearer | undefined
  /** What outcomes are aimed at. */
  readonly target: OutcomeTarget
}

/** The methods that an endpoint can answer. HEAD follows from GET, and OPTIONS from the metadata. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export type Method = (typeof METHODS)[number]

/** An address of the provider. A new one is a file in `endpoints/` and a line in its `index.ts`. */
export interface Endpoint {
  /** The short name that forced outcomes can be aimed at. */
  name?: 'obtain' | 'refresh'
  /** Placeholders in braces, such as `/api/v1/auth/token/{organization_id}/`. */
  path: string
  isProtected: boolean
  /** `false` for an endpoint that is only known to exist. @default true */
  isModelled?: boolean
  /** The answer to OPTIONS. */
  metadata: Record<string, unknown>
  methods: { readonly [M in Method]?: (call: Call) => MaybePromise<Answer> }
  /** Reads the user name from a request, for outcomes that are aimed at a user. @default the token's user */
  readUser?(request: ApiRequest): { username?: string | undefined; userId?: string | undefined }
}
