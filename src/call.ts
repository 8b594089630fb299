import type { ApiRequest } from './api.js'
import type { Bearer } from './bearer.js'
import type { Params } from './framework/routing.js'
import type { Clues } from './near-miss.js'
import type { Settings } from './options.js'
import type { Answer } from './refusals.js'
import type { Clock } from './state/clock.js'
import type { LoginLimit } from './state/login-limit.js'
import type { OutcomeQueue } from './state/outcomes.js'
import type { User } from './state/users.js'
import type { Tokens } from './tokens.js'

/** What every endpoint of one provider shares. */
export interface Provider {
  settings: Settings
  users: User[]
  time: Clock
  tokens: Tokens
  loginLimit: LoginLimit
  outcomes: OutcomeQueue
}

/** One request on its way through an endpoint. */
export interface Call {
  provider: Provider
  request: ApiRequest
  params: Params
  query: ReadonlyMap<string, string>
  /** Who calls, on protected endpoints. */
  bearer?: Bearer
  /** What the journal and the explanation of near misses are to know of the request. */
  notes: CallNotes
}

export interface CallNotes extends Clues {
  username?: string
  /** Never kept: the journal makes a digest of it. */
  password?: string
  /** Whether the body is one that ZapSign documents; endpoints that read none leave it out. */
  isDocumented?: boolean
}

/** An address of the provider. A new one is a file in `endpoints/` and a line in its `index.ts`. */
export interface Endpoint {
  /** Such as `/api/v1/auth/token/{organization_id}/`. */
  path: string
  method: 'GET' | 'POST'
  isProtected: boolean
  /** What OPTIONS says of it. */
  metadata: Record<string, unknown>
  answer(call: Call): Answer | Promise<Answer>
}
