import type { ServerResponse } from 'node:http'
import type { JournalEntry } from '../../../src/internal.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

/** The most event streams that are open at once. */
export const MOST_STREAMS = 50

/** Milliseconds between two comments that keep a quiet stream open. */
const HEARTBEAT = 15_000

/** Bytes that may wait for a slow reader. The stream then ends, and the reader resumes where it was. */
const MOST_WAITING = 1024 * 1024

export const EVENTS = [
  route({
    id: 'streamEvents',
    method: 'GET',
    path: 'events',
    async answer({ context, headers }) {
      const lastId = readLastId(headers['last-event-id'])
      if (context.streams.size >= MOST_STREAMS) {
        throw new Problem(503, `At most ${MOST_STREAMS} event streams can be open at once`, {
          headers: { 'retry-after': '5' },
        })
      }
      return {
        status: 200,
        headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
        stream: (response) => void streamEvents(context, lastId, response),
      }
    },
  }),
]

function readLastId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined
  if (/^\d{1,15}$/.test(String(header))) return Number(header)
  throw new Problem(
    400,
    `Last-Event-ID must be the id of a request, a whole number, got ${JSON.stringify(header)}`,
    { field: 'Last-Event-ID' },
  )
}

/** Writes entries as they happen, after those that the reader has missed. */
async function streamEvents(
  { store, streams, signal }: ControlContext,
  lastId: number | undefined,
  response: ServerResponse,
): Promise<void> {
  const written = new Set<number>()
  let waiting: JournalEntry[] | undefined = []

  function write(entry: JournalEntry): void {
    if (response.writableLength > MOST_WAITING) response.destroy()
    else response.write(`id: ${entry.id}\ndata: ${JSON.stringify(entry)}\n\n`)
  }

  const unsubscribe = store.subscribe((entry) => {
    if (waiting) waiting.push(entry)
    else write(entry)
  })
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT)
  streams.add(response)
  response.once('close', () => {
    unsubscribe()
    clearInterval(heartbeat)
    streams.delete(response)
  })
  response.write(': connected\n\n')
  if (signal.aborted) response.end()

  const missed = lastId === undefined ? [] : await findMissed(store, lastId).catch(() => [])
  for (const entry of [...missed, ...waiting]) {
    if (!written.has(entry.id)) write(entry)
    written.add(entry.id)
  }
  waiting = undefined
}

/** The entries after an id. An id that no entry has yet is from an earlier run: all are new then. */
async function findMissed(store: ControlContext['store'], lastId: number): Promise<JournalEntry[]> {
  const entries = await store.findEntries({})
  const isFromEarlierRun = entries.every(({ id }) => id < lastId)
  return isFromEarlierRun ? entries : entries.filter(({ id }) => id > lastId)
}
