import type { HttpReply } from './http-client.js'
import type { Send } from './login.js'
import type { ReplyTime } from './token-faults.js'

/** A provider state of an interaction. */
export interface StateRequest {
  consumer: string
  name: string
  parameters: Readonly<Record<string, unknown>>
}

/** A provider state that was set up. */
export interface StateSetUp {
  /** The real values for those in the pact, by the names of the state's parameters. */
  values: Readonly<Record<string, string>>
  /** Why the state is only similar to the real one: then a kept interaction proves less than it seems. */
  caveat?: string
}

/** A provider under verification, wherever it is. */
export interface Target {
  send: Send
  /** When a reply came; without a reply, now. */
  timeOf(reply?: HttpReply): ReplyTime
  /** Forgets the previous interaction, where that is possible. */
  reset(): void
  /** Whether `reset` makes token ids start again. */
  repeatsTokenIds: boolean
  /** Why a state cannot be checked here; `undefined` where it can. */
  whyNot(state: string): string | undefined
  /** Whether a state can be set up here. */
  knows(state: string): boolean
  /** Sets up a state. Requests that this takes are sent with `send`. Rejects with the reason. */
  setUp(state: StateRequest, send: Send): Promise<StateSetUp>
  /** Called once for each state when its interaction is over. */
  tearDown(state: StateRequest): Promise<void>
  /** What must not be printed: passwords, and every token that came. */
  secrets: Set<string>
}
