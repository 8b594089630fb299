import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

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
const PER_HOP = [
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]

/** Serves on a free port of this machine what a function answers. */
export async function serve(
  answer: (request: SentRequest) => Promise<SentReply>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (incoming, response) => {
    try {
      write(response, await answer(await read(incoming)))
    } catch (error) {
      write(response, {
        status: 502,
        headers: {},
        body: `zapsign-mock: ${(error as Error).message}`,
      })
    }
  })
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

/** Sends a request on, and reads the reply whole. Redirects are replies like others. */
export async function forward(baseUrl: string, request: SentRequest): Promise<SentReply> {
  const { method, path, query, headers, body } = request
  const response = await fetch(baseUrl.replace(/\/$/, '') + path + (query && `?${query}`), {
    method,
    headers: withoutHop(headers),
    redirect: 'manual',
    ...(body !== '' && !['GET', 'HEAD'].includes(method) && { body }),
  })
  return {
    status: response.status,
    headers: withoutHop(Object.fromEntries(response.headers)),
    body: await response.text(),
  }
}

async function read(incoming: IncomingMessage): Promise<SentRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const [path = '', ...query] = (incoming.url ?? '').split('?')
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    method: incoming.method ?? '',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function write(response: ServerResponse, { status, headers, body }: SentReply): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body)
}

function withoutHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !PER_HOP.includes(name)))
}
