import { setImmediate } from 'node:timers/promises'
import { type Address, type SentReply, type SentRequest, serve } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Refused } from '../refused.js'
import { createResponder } from './answer.js'
import { isPreflight } from './cors.js'
import { type BodyFault, type Recorded, toRecorded } from './recorded.js'
import { createWireTokens, type WireTokens } from './wire-tokens.js'

/** What a client did so far at a recording server. */
export interface Recording {
  url: string
  /** The tokens that the client is given. */
  given: WireTokens['given']
  /** The requests in the order in which they came, without preflights. */
  requests(): Recorded[]
  /** What was refused before it was a request. */
  refused: readonly Refused[]
  /** How often a browser asked for permission (CORS). */
  preflights(): number
  /** Resolves when every request that has come whole has its reply. */
  settle(): Promise<void>
}

interface Options {
  mockUrl: string
  asked: readonly PromiseName[]
  address?: Address
}

/** A request that came: its headers first, then its body, then its reply. */
type Entry = { sent: SentRequest; fault: BodyFault } | { recorded: Recorded }

/** Starts a server that records, calls `run` with the recording, and stops the server. */
export async function record<T>(
  { mockUrl, asked, address }: Options,
  run: (recording: Recording) => Promise<T>,
): Promise<T> {
  const tokens = createWireTokens()
  const respond = createResponder({ mockUrl, asked, tokens })
  const entries: Entry[] = []
  const indexOf = new WeakMap<SentRequest, number>()
  const refused: Refused[] = []
  const pending = new Set<Promise<unknown>>()
  let preflights = 0

  const set = (sent: SentRequest, entry: Entry) => {
    const index = indexOf.get(sent)
    if (index !== undefined) entries[index] = entry
  }
  const toEntry = (sent: SentRequest, more: Parameters<typeof toRecorded>[2]): Entry => ({
    recorded: toRecorded(tokens.toLiterals(sent), asked, more),
  })

  async function answer(sent: SentRequest): Promise<SentReply> {
    const started = performance.now()
    const { reply, specified } = await respond(sent)
    const duration = performance.now() - started
    set(sent, toEntry(sent, { duration, ...(specified && { reply: reply.body }) }))
    return reply
  }

  const server = await serve(
    (sent) => {
      const reply = answer(sent)
      pending.add(reply)
      return reply.finally(() => pending.delete(reply))
    },
    {
      // Recorded before anything can go wrong, so that no request is lost.
      onRequest(sent) {
        if (isPreflight(sent)) preflights += 1
        else indexOf.set(sent, entries.push({ sent, fault: 'brokenOff' }) - 1)
      },
      onTooLong: (sent) => set(sent, toEntry(sent, { fault: 'tooLong' })),
      onRefused: (what) => refused.push(what),
    },
    address,
  )
  try {
    return await run({
      url: server.url,
      given: tokens.given,
      requests: () =>
        entries.map((entry) =>
          'recorded' in entry
            ? entry.recorded
            : toRecorded(tokens.toLiterals(entry.sent), asked, { fault: entry.fault }),
        ),
      refused,
      preflights: () => preflights,
      async settle() {
        // The last request of a program that has ended may still have to be read.
        await setImmediate()
        await Promise.allSettled(pending)
      },
    })
  } finally {
    await server.close()
  }
}
