import type { JournalEntry, OutcomeOptions, PendingOutcome, TokenPair } from '../../src/index.js'
import { type ConnectOptions, type ControlClient, createControlClient } from './client.js'
import { ControlError } from './control-error.js'
import type { Control, RemoteFilter, RemoteUser } from './control-types.js'
import { readEvents } from './read-events.js'

/**
 * Connects to a mock that runs in another process. It needs only `fetch`, so it runs in Node, Bun and
 * Deno.
 *
 * @param url The base URL of the mock, as `ZAPSIGN_CONTROL_URL` has it.
 * @throws a {@link ControlError} when no mock answers there, or it wants another token (as a rejection)
 * @example
 * import { connect } from 'zapsign-mock/server'
 *
 * const zapsign = await connect('http://127.0.0.1:9277')
 * await zapsign.reset()
 * await zapsign.outcomes.next('rateLimited')
 * await zapsign.time.advance('61m')
 * console.log(await zapsign.journal.count({ status: 401 }))
 */
export async function connect(url: string | URL, options: ConnectOptions = {}): Promise<Control> {
  const client = createControlClient(url, options)
  await client.send('GET', 'time')
  return createRemoteControl(client)
}

/** The handle of a mock behind a client. */
export function createRemoteControl({ send, open }: ControlClient): Control {
  const get = async <T>(path: string, key: string) => Object(await send('GET', path))[key] as T
  const call = async (method: string, path: string, body?: object) => {
    await send(method, path, body)
  }
  const toNow = async (reply: Promise<unknown>) => new Date(Object(await reply).now)
  const find = async (filter: RemoteFilter = {}): Promise<JournalEntry[]> => {
    if (typeof filter === 'function') return (await find()).filter(filter)
    return get<JournalEntry[]>(`requests${toQuery(filter)}`, 'requests')
  }
  const list = () => get<RemoteUser[]>('users', 'users')

  return {
    time: {
      now: () => toNow(send('GET', 'time')),
      advance: (by) => toNow(send('POST', 'time/advance', { by })),
      set: (now) => toNow(send('PUT', 'time', { now })),
      reset: () => call('DELETE', 'time'),
    },
    outcomes: {
      next: (outcome, options) =>
        call('POST', 'outcomes', { ...options, outcome, ...toTimes(options) }),
      pending: async () => (await get<PendingJson[]>('outcomes', 'outcomes')).map(fromJson),
      clear: () => call('DELETE', 'outcomes'),
    },
    journal: {
      entries: () => find(),
      find,
      count: async (filter = {}) =>
        typeof filter === 'function'
          ? (await find(filter)).length
          : get<number>(`requests/count${toQuery(filter)}`, 'count'),
      dropped: async () => (await get<{ dropped: number }>('state', 'counts')).dropped,
      subscribe: (listener) => subscribe(open, listener),
      clear: () => call('DELETE', 'requests'),
    },
    users: {
      list,
      length: async () => (await list()).length,
      find: async (username) => (await list()).find((user) => user.username === username),
      add: async (user) => (await send('POST', 'users', user)) as RemoteUser,
      update: async (username, changes) =>
        (await send('PATCH', `users/${encodeURIComponent(username)}`, changes)) as RemoteUser,
      remove: (username) => call('DELETE', `users/${encodeURIComponent(username)}`),
    },
    issueTokenPair: async (username, options) =>
      (await send('POST', 'tokens', { ...options, username })) as TokenPair,
    reset: () => call('POST', 'reset'),
  }
}

type PendingJson = Omit<PendingOutcome, 'times'> & { times: number | 'unlimited' }

/** JSON has no infinity. */
function toTimes({ times }: OutcomeOptions = {}): { times?: 'unlimited' } {
  return times === Number.POSITIVE_INFINITY ? { times: 'unlimited' } : {}
}

function fromJson({ times, ...pending }: PendingJson): PendingOutcome {
  return { ...pending, times: times === 'unlimited' ? Number.POSITIVE_INFINITY : times }
}

function toQuery(filter: Exclude<RemoteFilter, (...args: never[]) => unknown>): string {
  const values = typeof filter === 'string' ? { outcome: filter } : filter
  if ('password' in values)
    throw new TypeError('A filter must not contain a password: it would be part of a URL')
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams()
  for (const [name, value] of given) query.set(name, String(value))
  return query.size > 0 ? `?${query}` : ''
}

async function subscribe(
  open: ControlClient['open'],
  listener: (entry: JournalEntry) => void,
): Promise<() => void> {
  if (typeof listener !== 'function') throw new TypeError('subscribe() takes a function')
  const closing = new AbortController()
  const { body } = await open('events', closing.signal)
  if (!body) throw new ControlError('The stream of events has no body')
  void follow(body, listener, closing.signal)
  return () => closing.abort()
}

/** The end of the mock, and of the subscription, end the loop. An error of the listener is thrown. */
async function follow(
  body: ReadableStream<Uint8Array>,
  listener: (entry: JournalEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  const events = readEvents(body)
  while (!signal.aborted) {
    const next = await events.next().catch(() => undefined)
    if (!next || next.done || signal.aborted) return
    listener(JSON.parse(next.value.data))
  }
}
