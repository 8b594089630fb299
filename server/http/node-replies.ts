import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import {
  type DatedReply,
  internalsOf,
  type Provider,
  type UnreadRequest,
} from '../../src/internal.js'
import { createSend } from './send.js'

type ClientError = Error & { code?: string; rawPacket?: Buffer }

/** The error responses for requests that Node cannot read, by its error codes. */
const REFUSALS = {
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'bodyTooLarge',
} as const

/** Milliseconds that a client gets to read the reply while it still sends. */
const LINGER = 1000

interface Replaced {
  /** Answers all other requests. */
  listener: RequestListener
  /** The last response on a connection: those before it are finished earlier. */
  lastResponse(socket: Duplex): ServerResponse | undefined
}

/**
 * Sends the replies that Node would send without asking anybody: they get the header `x-zapsign-mock`
 * and an entry in the journal. Returns the listener for all other requests.
 */
export function replaceNodeReplies(
  server: Server,
  zapsign: Provider,
  { listener, lastResponse }: Replaced,
): RequestListener {
  const { refuse } = internalsOf(zapsign)
  const send = createSend()
  const refused = new WeakSet<Duplex>()

  server.on('checkExpectation', async (request: IncomingMessage, response: ServerResponse) => {
    send(await refuse(unreadOf(request), 'expectationFailed'), request, response)
  })

  server.on('clientError', async (error: ClientError, socket: Duplex) => {
    const last = lastResponse(socket)
    const response = last && !last.writableFinished && !last.destroyed ? last : undefined
    if (!socket.writable || response?.headersSent || isUnused(socket)) return void socket.destroy()
    if (refused.has(socket)) return
    refused.add(socket)
    const pending = response && !response.req.complete ? unreadOf(response.req) : undefined
    const name = REFUSALS[error.code as keyof typeof REFUSALS] ?? 'malformedRequest'
    const reply = await refuse(pending ?? parseStart(error.rawPacket), name)
    socket.end(toHttp(reply))
    setTimeout(() => socket.destroy(), LINGER).unref()
  })

  async function refuseHost(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('connection', 'close')
    send(await refuse(unreadOf(request), 'malformedRequest'), request, response)
  }

  return (request, response) => {
    // RFC 9112, section 3.2.
    if (request.headers.host !== undefined || request.httpVersion !== '1.1')
      listener(request, response)
    else void refuseHost(request, response)
  }
}

/** A connection on which nothing was sent: browsers open some in advance. */
function isUnused(socket: Duplex): boolean {
  return 'bytesRead' in socket && socket.bytesRead === 0
}

function unreadOf({ method = '-', url = '-', headers }: IncomingMessage): UnreadRequest {
  const path = url.split('?', 1)[0] ?? ''
  const get = (name: string) => headers[name]?.toString() ?? null
  return { method, path, headers: { get } }
}

/** Method and path of a request that Node could not parse, or `-` for a missing part. */
function parseStart(packet: Buffer | undefined): UnreadRequest {
  const start = packet?.subarray(0, 2048).toString('latin1') ?? ''
  const [, method = '-', path = '-'] = /^([A-Z]{1,30}) ([^\s?]{1,1000})/.exec(start) ?? []
  return { method, path, headers: { get: () => null } }
}

function toHttp({ reply, now = Date.now() }: DatedReply): string {
  const headers = {
    ...reply.headers,
    date: new Date(now).toUTCString(),
    connection: 'close',
    'content-length': Buffer.byteLength(reply.body),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n${lines.join('')}\r\n${reply.body}`
}
