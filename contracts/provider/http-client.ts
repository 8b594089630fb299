import { type ClientRequest, type IncomingMessage, request as requestOverHttp } from 'node:http'
import { request as requestOverHttps } from 'node:https'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { SentReply, SentRequest } from '../http.js'
import { isPerConnection } from './per-connection.js'
import { proxyAgentFor } from './proxy-agent.js'
import { USER_AGENT } from './user-agent.js'

/** A reply over HTTP, decompressed. */
export interface HttpReply extends SentReply {
  /** Why the body is not text, if so. */
  encodingFault?: string
}

/** What a reply may take at most. */
export interface ReplyLimits {
  /** Milliseconds until its last byte. @default 10000 */
  time?: number
  /** Bytes of its body, decompressed. @default 5000000 */
  bytes?: number
}

/** The limits of every reply that has no others. */
export const REPLY_LIMITS = { time: 10_000, bytes: 5_000_000 } as const

/**
 * Sends a request as an ordinary client does: through the proxy of the environment, with a
 * `User-Agent`, and ready for a compressed reply. Redirects are not followed. Rejects with an `Error`
 * that says which limit a reply exceeded, or why no reply arrived.
 */
export async function sendRequest(
  baseUrl: string,
  request: SentRequest,
  { time = REPLY_LIMITS.time, bytes = REPLY_LIMITS.bytes }: ReplyLimits = {},
): Promise<HttpReply> {
  const url = new URL(baseUrl)
  const agent = (await proxyAgentFor(url)) ?? false
  const sent = (url.protocol === 'https:' ? requestOverHttps : requestOverHttp)({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || undefined,
    method: request.method,
    path: targetOf(url, request),
    headers: headersOf(request),
    agent,
  })
  let isLate = false
  const limit = setTimeout(() => {
    isLate = true
    sent.destroy()
  }, time)
  try {
    const reply = replyTo(sent)
    sent.end(request.body)
    return await readReply(await reply, request.method, bytes)
  } catch (error) {
    throw isLate ? new Error(`no complete reply came within ${time / 1000} s`) : error
  } finally {
    clearTimeout(limit)
    sent.destroy()
  }
}

function replyTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject)
    sent.once('response', resolve)
    sent.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      reject(new Error(`the reply has the status ${statusCode}, which upgrades the protocol`))
    })
    // Otherwise the proxy's refusal would be taken for the reply. Without a tunnel there is no status.
    sent.once('proxyConnect', ({ statusCode = 200 }: { statusCode?: number }) => {
      if (statusCode !== 200)
        reject(new Error(`the proxy refused the connection with ${statusCode}`))
    })
  })
}

function targetOf({ pathname }: URL, { path, query }: SentRequest): string {
  return pathname.replace(/\/$/, '') + path + (query && `?${query}`)
}

function headersOf({ headers, body }: SentRequest): Record<string, string | number> {
  const own = Object.entries(headers).filter(([name]) => !isPerConnection(name))
  return {
    'user-agent': USER_AGENT,
    'accept-encoding': 'gzip, deflate, br',
    ...Object.fromEntries(own),
    ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
  }
}

async function readReply(
  reply: IncomingMessage,
  method: string,
  limit: number,
): Promise<HttpReply> {
  const { 'content-encoding': encoding = '', ...headers } = reply.headers
  // The reply to HEAD names an encoding too, without a body.
  const isEmpty = method === 'HEAD' || reply.headers['content-length'] === '0'
  const decoders = isEmpty ? [] : decodersFor(encoding)
  const bytes = await readBody(reply, decoders, limit).catch((error: NodeJS.ErrnoException) => {
    if (!/^Z_|BROTLI/.test(error.code ?? '')) throw error
    throw new Error(`the body of the reply could not be decompressed (${encoding})`)
  })
  const kept = Object.entries(headers).filter(([name]) => !isPerConnection(name))
  return {
    status: reply.statusCode ?? 0,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: bytes.toString('utf8'),
    ...(!isUtf8(bytes) && { encodingFault: 'the body is not valid UTF-8' }),
  }
}

async function readBody(
  reply: IncomingMessage,
  decoders: readonly NodeJS.ReadWriteStream[],
  limit: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const collect = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      length += chunk.length
      done(length > limit ? new Error(`the reply is larger than ${limit / 1_000_000} MB`) : null)
    },
  })
  await pipeline([reply, ...decoders, collect])
  return Buffer.concat(chunks)
}

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

function decodersFor(contentEncoding: string): NodeJS.ReadWriteStream[] {
  const encodings = contentEncoding.split(',').map((one) => one.trim().toLowerCase())
  const compressed = encodings.filter((one) => one !== '' && one !== 'identity')
  return compressed.reverse().map((one) => {
    const create = DECODERS[one]
    if (!create)
      throw new Error(`the reply has the unsupported Content-Encoding ${JSON.stringify(one)}`)
    return create()
  })
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
