import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable, UnexpectedReply } from './errors.js'

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the API's URL, with its final slash: `/docs/`. */
  path: string
  body?: object
  access?: string
  /** Whether a second request does no harm when the first one was carried out. @default true for GET, PUT and DELETE */
  isRepeatable?: boolean
}

export interface Reply {
  status: number
  body: Record<string, unknown>
  /** ZapSign's time in milliseconds, where the reply has a date. */
  date: number | undefined
}

export interface TransportOptions {
  /** Such as `https://api.zapsign.com.br/api/v1`. */
  apiUrl: string
  fetch?: typeof fetch
  sleep?: (milliseconds: number) => Promise<unknown>
  random?: () => number
}

const ATTEMPTS = 4
const TIMEOUT = 10_000
const FIRST_WAIT = 250

/** A server that asks for a longer wait than this is not worth waiting for. */
const LONGEST_WAIT = 30_000

/** The server refused the request before it did anything. */
const NOT_DONE = [429, 503]

/** A proxy does not know what the server did. */
const PERHAPS_DONE = [502, 504]

/** Sends requests. Repeats those that failed for a moment, and waits longer each time. */
export function createTransport(options: TransportOptions) {
  const { apiUrl, fetch = globalThis.fetch, sleep = wait, random = Math.random } = options

  return async function send(call: Call): Promise<Reply> {
    const { method, isRepeatable = method !== 'POST' } = call
    for (let attempt = 1; ; attempt += 1) {
      const reply = await once(call).catch((error: unknown) => {
        if (isRepeatable && attempt < ATTEMPTS) return undefined
        throw new Unavailable('ZapSign cannot be reached', { cause: error })
      })
      if (reply && !isWorthRepeating(reply.status, isRepeatable)) return read(reply)
      const waiting = reply?.retryAfter ?? random() * FIRST_WAIT * 2 ** (attempt - 1)
      if (attempt === ATTEMPTS || waiting > LONGEST_WAIT)
        throw new Unavailable(`ZapSign answered with ${reply?.status}`)
      await sleep(waiting)
    }
  }

  async function once({ method, path, body, access }: Call): Promise<RawReply> {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(access && { authorization: `Bearer ${access}` }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT),
      // A redirect would turn the POST of a path without its slash into a GET.
      redirect: 'error',
    })
    const { status, headers } = response
    const date = timeOf(headers.get('date'))
    return {
      status,
      date,
      retryAfter: waitOf(headers.get('retry-after'), date),
      isJson: headers.get('content-type')?.startsWith('application/json') ?? false,
      text: await response.text(),
    }
  }
}

interface RawReply {
  status: number
  date: number | undefined
  /** Milliseconds. */
  retryAfter: number | undefined
  isJson: boolean
  text: string
}

function isWorthRepeating(status: number, isRepeatable: boolean): boolean {
  return NOT_DONE.includes(status) || (isRepeatable && PERHAPS_DONE.includes(status))
}

/** Milliseconds: `Retry-After` is a number of seconds, or a date by the server's clock. */
function waitOf(retryAfter: string | null, date = Date.now()): number | undefined {
  if (retryAfter && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000
  const until = timeOf(retryAfter)
  return until === undefined ? undefined : Math.max(0, until - date)
}

function timeOf(date: string | null): number | undefined {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : time
}

function read({ status, date, isJson, text }: RawReply): Reply {
  return { status, date, body: isJson ? parse(text, status) : {} }
}

function parse(text: string, status: number): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text || '{}')
    if (typeof body === 'object' && body !== null) return { ...body }
  } catch {
    // The text may hold tokens: no error repeats it.
  }
  throw new UnexpectedReply(`ZapSign answered with ${status} and a body that is not a JSON object`)
}
