import { request as requestOverHttp } from 'node:http'
import { request as requestOverHttps } from 'node:https'
import {
  BODY_LIMIT_NAME,
  flat,
  readAll,
  type SentReply,
  type SentRequest,
  TOO_LONG,
} from './exchange.js'

/** Headers that belong to one connection, or that the sender computes. */
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

/** Milliseconds within which a reply must have come, to its last byte. */
const TIMEOUT = 10_000

/**
 * Sends a request on as it came, byte by byte, and reads the whole reply. Redirects are replies like
 * others. Rejects when the reply has not ended within `timeout` milliseconds or is larger than 5 MB.
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
    request.once('upgrade', (_, socket) => {
      socket.destroy()
      reject(new Error('the reply was 101 Switching Protocols'))
    })
    request.once('response', (reply) => {
      readAll(reply).then((text) => {
        if (text === TOO_LONG) {
          reject(new Error(`the reply is larger than ${BODY_LIMIT_NAME}`))
          return
        }
        resolve({
          status: reply.statusCode ?? 0,
          headers: withoutHop(flat(reply.headers)),
          body: text,
        })
      }, reject)
    })
    request.end(body)
  })
}

function withoutHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !PER_HOP.has(name)))
}
