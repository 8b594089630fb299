import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  BODY_LIMIT_NAME,
  flat,
  readAll,
  type SentReply,
  type SentRequest,
  TOO_LONG,
} from './exchange.js'
import { type Refused, watchRefused } from './refused.js'

/** Functions that learn about each request as it comes. */
export interface ServeHooks {
  /** Called when the headers are here. The request is the one that is answered; its body grows. */
  onRequest?(request: SentRequest): void
  /** Called for a request whose body is too long: it is not answered by `answer`. */
  onTooLong?(request: SentRequest): void
  /** Called for bytes and requests that are refused before they reach `answer`. */
  onRefused?(what: Refused): void
}

/** Where a server listens, and what it accepts. */
export interface Address {
  /** @default 0, any free port */
  port?: number
  /** @default '127.0.0.1' */
  host?: string
  /** Characters of all headers of a request together. @default Node's, 16384 */
  maxHeaderSize?: number
}

/** A server that listens. */
export interface Serving {
  /** The URL under which clients on this machine reach it. */
  url: string
  close(): Promise<void>
}

/**
 * Starts an HTTP server that answers with what a function returns. Rejects with Node's error, which has
 * a `code`, when it cannot listen.
 */
export async function serve(
  answer: (request: SentRequest) => Promise<SentReply>,
  hooks: ServeHooks = {},
  { port = 0, host = '127.0.0.1', maxHeaderSize }: Address = {},
): Promise<Serving> {
  const begun = new WeakMap<Duplex, IncomingMessage>()
  // Node would refuse a request without a Host header before anyone sees it.
  const server = createServer(
    { requireHostHeader: false, maxHeaderSize },
    async (incoming, response) => {
      try {
        write(response, await respond(incoming, answer, hooks, begun))
      } catch (error) {
        const body = `zapsign-mock: ${(error as Error).message}`
        write(response, { status: 502, headers: {}, body })
      }
    },
  )
  // A client may close its half of the connection when it has sent everything.
  Object.assign(server, { httpAllowHalfOpen: true })
  const { onRefused = () => {} } = hooks
  const hasBegun = (socket: Duplex) => begun.get(socket)?.complete === false
  watchRefused(server, { hasBegun, onRefused })
  await listen(server, port, host)
  return { url: urlOf(server), close: () => closeAll(server) }
}

const CLOSE = { connection: 'close' }

async function respond(
  incoming: IncomingMessage,
  answer: (request: SentRequest) => Promise<SentReply>,
  { onRequest, onTooLong, onRefused }: ServeHooks,
  begun: WeakMap<Duplex, IncomingMessage>,
): Promise<SentReply> {
  const { request, whole } = read(incoming)
  const why = hostFault(incoming)
  if (why) {
    onRefused?.({ method: request.method, path: request.path, why })
    return { status: 400, headers: CLOSE, body: '' }
  }
  onRequest?.(request)
  begun.set(incoming.socket, incoming)
  if (await whole) return answer(request)
  onTooLong?.(request)
  const body = `zapsign-mock: the body is larger than ${BODY_LIMIT_NAME}`
  return { status: 413, headers: CLOSE, body }
}

function hostFault({ httpVersion, rawHeaders }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0)
  const hosts = names.filter((name) => name.toLowerCase() === 'host').length
  if (hosts > 1) return `${hosts} Host headers were sent.`
  return hosts === 0 && httpVersion === '1.1' ? 'No Host header was sent.' : undefined
}

/** A request with the part of its body that has come, and whether the rest came and is not too long. */
function read(incoming: IncomingMessage): { request: SentRequest; whole: Promise<boolean> } {
  const chunks: Buffer[] = []
  let text: string | undefined
  const request = {
    ...headOf(incoming),
    get body() {
      return text ?? Buffer.concat(chunks).toString('utf8')
    },
  }
  const whole = readAll(incoming, { chunks, drains: true }).then((all) => {
    text = all === TOO_LONG ? '' : all
    return all !== TOO_LONG
  })
  // It also rejects for a request that is refused at once, before anything awaits it.
  whole.catch(() => {})
  return { request, whole }
}

function headOf(incoming: IncomingMessage): Omit<SentRequest, 'body'> {
  // A client that takes the server for a proxy sends the whole URL.
  const target = (incoming.url ?? '').replace(/^https?:\/\/[^/?]*/i, '')
  const [path = '', ...query] = target.split('?')
  return {
    method: incoming.method ?? '',
    path,
    query: query.join('?'),
    headers: flat(incoming.headers),
  }
}

function write(response: ServerResponse, { status, headers, body }: SentReply): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve(server.off('error', reject) && undefined))
  })
}

/** `0.0.0.0` and `::` are not addresses that a client can call. */
function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (address === '::') return `http://[::1]:${port}`
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

async function closeAll(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
