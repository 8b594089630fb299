import { setImmediate } from 'node:timers/promises'
import { type Address, type SentReply, type SentRequest, serve } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Refused } from '../refused.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { meantFor, specifiedAs } from './explain.js'
import { forwardToMock } from './forward-to-mock.js'
import type { Recorded } from './recorded.js'
import { answerOther, refuse } from './refusal.js'
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

/** Starts a server that records, calls `run` with the recording, and stops the server. */
export async function record<T>(
  { mockUrl, asked, address }: Options,
  run: (recording: Recording) => Promise<T>,
): Promise<T> {
  const tokens = createWireTokens()
  const records = new Map<SentRequest, Omit<Recorded, 'request'>>()
  const refused: Refused[] = []
  const pending = new Set<Promise<SentReply>>()
  let preflights = 0

  async function respond(sent: SentRequest): Promise<SentReply> {
    const request = tokens.toLiterals(sent)
    const name = specifiedAs(request)
    const specified = name && (await forwardToMock(mockUrl, request, name))
    if (specified) {
      const reply = tokens.issue(specified.body)
      note(sent, { reply })
      return { ...specified, body: reply }
    }
    const meant = meantFor(request, asked)
    return meant ? refuse(request, meant) : answerOther()
  }

  function note(sent: SentRequest, more: Partial<Recorded>): void {
    const record = records.get(sent)
    if (record) Object.assign(record, more)
  }

  async function answer(sent: SentRequest): Promise<SentReply> {
    if (isPreflight(sent)) return answerPreflight(sent)
    delete records.get(sent)?.fault
    const started = performance.now()
    const reply = respond(sent)
    pending.add(reply)
    const { origin } = sent.headers
    const done = await reply.finally(() => pending.delete(reply))
    note(sent, { duration: performance.now() - started })
    return allowOrigin(done, origin)
  }

  const hooks = {
    // Recorded before anything can go wrong, so that no request is lost.
    onRequest(sent: SentRequest) {
      if (isPreflight(sent)) preflights += 1
      else records.set(sent, { fault: 'brokenOff', duration: 0 })
    },
    onTooLong: (sent: SentRequest) => note(sent, { fault: 'tooLong' }),
    onRefused: (what: Refused) => refused.push(what),
  }
  const server = await serve(answer, hooks, address)
  try {
    return await run({
      url: server.url,
      given: tokens.given,
      requests: () =>
        [...records].map(([sent, more]) => ({ ...more, request: tokens.toLiterals(sent) })),
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
