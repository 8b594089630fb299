/** Types of what the control API sends, as far as the page reads it. */

export interface Entry {
  id: number
  time: string
  method: string
  path: string
  status: number
  outcome: string
  source: string
  username?: string
  reason?: string
  hint?: string
  duration: number
}

/** An entry in the list. The ids of a restarted mock begin again, so the key has a generation too. */
export interface Row {
  key: string
  entry: Entry
}

/** What came in with a request, secrets withheld. */
export interface Received {
  query: string
  headers: [name: string, value: string][]
  body: string
  /** Bytes of the whole body. */
  bodySize: number
}

export interface User {
  id: number
  username: string
  active: boolean
  organizations?: string[]
  /** Only when it is the published demo password. */
  password?: string
}

export interface Pending {
  id: number
  outcome: string
  times: number | 'unlimited'
  endpoint?: string
  username?: string
  retryAfter?: string
}

export interface Lock {
  organization?: string
  username?: string
  until: string
}

/** What the provider would answer to a token. */
export interface Verdict {
  status: number
  outcome: string
  body?: unknown
}

export interface Inspection {
  header: object | null
  claims: Record<string, unknown> | null
  signature: 'valid' | 'invalid' | null
  expired: boolean | null
  expires: string | null
  answers: { protected: Verdict; refresh: Verdict }
}

/** What the page knows of the mock. */
interface Mock {
  version: string
  users: User[]
  pending: Pending[]
  locks: Lock[]
  /** The rule of the login limit; `false` for no limit. */
  limit: { attempts: number; window: number } | false
}

export interface State {
  connection: 'connecting' | 'open' | 'lost' | 'locked'
  /** The browser's time of the loss, and what the mock said if it said something. */
  lost?: { since: number; said?: string }
  mock?: Mock
  config: Record<string, unknown>
  /** Milliseconds that the mock's clock is ahead of the browser's; its time if the clock is stopped. */
  clock: { ahead: number; frozen?: number }
  rows: Row[]
  /** Rows that came while the list was paused. */
  held: Row[]
  isPaused: boolean
  filter: string
  /** The key of the open row. */
  open?: string
  received: Record<string, Received | 'unknown' | undefined>
  isSettingClock: boolean
  copied?: string
  /** What the control API said about the last action of a card that it refused. */
  problems: Record<string, string | undefined>
  /** What the last action of a card did. */
  done: Record<string, string | undefined>
  forced: { outcome: string; times: number; endpoint: string; username: string; retryAfter: string }
  token: { text: string; inspection?: Inspection }
  isAddingUser: boolean
}
