import { ControlError } from './control-error.js'
import type { ProblemDocument } from './problem.js'
import { reasonOf } from './reason-of.js'

/** How `connect()` authenticates. */
export interface ConnectOptions {
  /** The control token of the mock. @default no token */
  token?: string
}

/** Sends requests to the control API of one mock. */
export interface ControlClient {
  /** Resolves to the JSON of the reply. Rejects with a {@link ControlError}. */
  send(method: string, path: string, body?: object): Promise<unknown>
  /** Resolves to a reply whose body is still to be read. */
  open(path: string, signal: AbortSignal, headers?: Record<string, string>): Promise<Response>
}

/** Milliseconds that the mock gets to answer. */
const PATIENCE = 30_000

/** Throws a `TypeError` for a base URL that is not http or https. */
export function createControlClient(url: string | URL, { token }: ConnectOptions): ControlClient {
  const root = `${toBase(url)}/__zapsign/`
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` }

  async function request(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...authorization, ...Object(init.headers) }
    const response = await fetch(root + path, { redirect: 'error', ...init, headers }).catch(
      (cause: unknown) => {
        throw new ControlError(`Cannot reach ${root}: ${reasonOf(cause)}`, { cause })
      },
    )
    if (!response.ok) throw await toError(response, root)
    return response
  }

  return {
    async send(method, path, body) {
      const json = method === 'GET' || method === 'DELETE' ? {} : toJson(body ?? {})
      const response = await request(path, {
        method,
        ...json,
        signal: AbortSignal.timeout(PATIENCE),
      })
      if (response.status === 204) return undefined
      return parse(await response.text(), root)
    },
    open: (path, signal, headers = {}) => request(path, { signal, headers }),
  }
}

function toJson(body: object) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function toBase(url: string | URL): string {
  const parsed = URL.canParse(String(url)) ? new URL(url) : undefined
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new TypeError(`url must be the base URL of a mock, such as "http://127.0.0.1:9277"`)
  return parsed.origin + parsed.pathname.replace(/(?<!\/)\/+$/, '')
}

/** The error for a reply that is not a success. */
async function toError(response: Response, root: string): Promise<ControlError> {
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  if (!isProblem) return notControl(root, `status ${response.status}`)
  const problem = parse(await response.text(), root) as ProblemDocument
  return new ControlError(problem.detail, { problem })
}

function parse(text: string, root: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notControl(root, 'a text that is not JSON')
  }
}

function notControl(root: string, answer: string): ControlError {
  return new ControlError(
    `${root} answers ${answer}: it is not a zapsign-mock, or its control API is off`,
  )
}
