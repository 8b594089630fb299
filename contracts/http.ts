import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestOverHttp,
  type ServerResponse,
} from 'node:http'
import { request as requestOverHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Refused, watchRefused } from './refused.js'

/** A request as it came, whole. */
export interface SentRequest {
  method: string
  path: string
  /** Without its question mark. */
  query: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** A reply as it goes out, whole. */
export interface SentReply {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** Headers that belong to one connection, or that whoever sends computes. */
const PER_HOP = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Who looks on while requests come. */
export interface Onlooker {
  /** Told of a request when its headers are here. It is the one that is answered; its body grows. */
  onRequest?(request: SentRequest): void
  /** Told of what will never be answered. */
  onRefused?(what: Refused): void
}

/** Serves on a free port of this machine what a function answers. */
export async function serve(
  answer: (request: SentRequest) => Promise<SentReply>,
  { onRequest = () => {}, onRefused = () => {} }: Onlooker = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const begun = new WeakMap<Duplex, IncomingMessage>()
  // Node would refuse a request without a Host, and tell nobody.
  const server = createServer({ requireHostHeader: false }, async (incoming, response) => {
    try {
      const { request, whole } = read(incoming)
      if (incoming.httpVersion === '1.1' && incoming.headers.host === undefined) {
        const { method, path } = request
        onRefused({ method, path, why: 'No Host header was sent.' })
        write(response, { status: 400, headers: { connection: 'close' }, body: '' })
        return
      }
      onRequest(request)
      begun.set(incoming.socket, incoming)
      await whole
      write(response, await answer(request))
    } catch (error) {
      write(response, {
        status: 502,
        headers: {},
        body: `zapsign-mock: ${(error as Error).message}`,
      })
    }
  })
  const hasBegun = (socket: Duplex) => begun.get(socket)?.complete === false
  watchRefused(server, { hasBegun, onRefused })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Milliseconds within which a reply must have come, to its last byte. */
const TIMEOUT = 10_000

/**
 * Sends a request on as it is, to its last letter, and reads the reply whole. Redirects are replies
 * like others. Rejects when none came within `timeout` milliseconds.
 */
export async function forward(
  baseUrl: string,
  { method, path, query, headers, body }: SentRequest,
  { timeout = TIMEOUT } = {},
): Promise<SentReply> {
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const request = (protocol === 'https:' ? requestOverHttps : requestOverHttp)({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method,
    path: pathname.replace(/\/$/, '') + path + (query && `?${query}`),
    headers: {
      ...withoutHop(headers),
      ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
    },
    agent: false,
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      request.destroy(new Error(`no reply within ${timeout / 1000} s`))
    }, timeout)
    request.once('close', () => clearTimeout(timer))
    request.once('error', reject)
    request.once('response', (reply) => {
      readAll(reply).then(
        (text) =>
          resolve({
            status: reply.statusCode ?? 0,
            headers: withoutHop(flat(reply.headers)),
            body: text,
          }),
        reject,
      )
    })
    request.end(body)
  })
}

/** A request with as much of its body as is here, and a promise for the rest. */
function read(incoming: IncomingMessage): { request: SentRequest; whole: Promise<void> } {
  const chunks: Buffer[] = []
  let text: string | undefined
  const request = {
    ...headOf(incoming),
    get body() {
      return text ?? Buffer.concat(chunks).toString('utf8')
    },
  }
  const whole = readAll(incoming, chunks).then((all) => {
    text = all
  })
  return { request, whole }
}

function headOf(incoming: IncomingMessage): Omit<SentRequest, 'body'> {
  // A proxy is told the whole URL; what counts here is what follows its origin.
  const target = (incoming.url ?? '').replace(/^https?:\/\/[^/?]*/i, '')
  const [path = '', ...query] = target.split('?')
  return {
    method: incoming.method ?? '',
    path,
    query: query.join('?'),
    headers: flat(incoming.headers),
  }
}

async function readAll(incoming: IncomingMessage, chunks: Buffer[] = []): Promise<string> {
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function write(response: ServerResponse, { status, headers, body }: SentReply): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body)
}

function withoutHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !PER_HOP.has(name)))
}
