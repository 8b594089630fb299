import { setImmediate } from 'node:timers/promises'
import { type Address, type SentReply, type SentRequest, serve } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Refused } from '../refused.js'
import { createResponder, type OnOther } from './answer.js'
import { isPreflight } from './cors.js'
import type { Recorded } from './recorded.js'
import { createRequestLog, type RequestLog } from './request-log.js'
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
  /** Signs the tokens that the client gets. @default a random key */
  signingKey?: string | undefined
  /** Answers a request that no promise is about. @default with 501 */
  onOther?: OnOther | undefined
}

/** Starts a server that records, calls `run` with the recording, and stops the server. */
export async function record<T>(
  { mockUrl, asked, address, signingKey, onOther }: Options,
  run: (recording: Recording) => Promise<T>,
): Promise<T> {
  const tokens = createWireTokens(Date.now, signingKey)
  const log = createRequestLog(asked, tokens)
  const refused: Refused[] = []
  const pending = new Set<Promise<unknown>>()
  let preflights = 0
  const answer = answering(createResponder({ mockUrl, asked, tokens, onOther }), log)
  const server = await serve(
    (sent) => {
      const reply = answer(sent)
      pending.add(reply)
      return reply.finally(() => pending.delete(reply))
    },
    {
      onRequest(sent) {
        if (isPreflight(sent)) preflights += 1
        else log.begin(sent)
      },
      onTooLong: (sent) => log.finish(sent, { fault: 'tooLong' }),
      onRefused: (what) => refused.push(what),
    },
    address,
  )
  try {
    return await run({
      url: server.url,
      given: tokens.given,
      requests: log.requests,
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

/** Answers requests, and logs each with its reply. */
function answering(respond: ReturnType<typeof createResponder>, log: RequestLog) {
  return async (sent: SentRequest): Promise<SentReply> => {
    const started = performance.now()
    const { reply, specified } = await respond(sent)
    const duration = performance.now() - started
    log.finish(sent, { duration, ...(specified && { reply: reply.body }) })
    return reply
  }
}
