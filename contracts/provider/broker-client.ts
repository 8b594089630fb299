import { BrokerError } from '../errors.js'
import { isObject } from '../is-object.js'
import { parseJsonText } from '../pact/json-text.js'
import { type BrokerAccess, credentials, isOwn } from './broker-access.js'
import { inWords, refusal, shorten, statusInWords } from './broker-errors.js'
import { type HttpReply, REPLY_LIMITS, sendRequest } from './http-client.js'
import { readObject } from './json-body.js'

/** A document of a broker, and its address. */
export interface HalDocument {
  url: string
  content: Record<string, unknown>
}

/** Sends requests to a broker, and to the addresses that it links to. */
export interface BrokerClient {
  /** Fetches a document. Redirects are followed. Rejects with a {@link BrokerError}. */
  get(url: string): Promise<HalDocument>
  /** Sends a document. Rejects with a {@link BrokerError}. */
  send(method: 'POST' | 'PUT', url: string, body: object): Promise<HalDocument>
}

/** What all documents of a run may take together: milliseconds, and bytes. */
const TOTAL = { time: 60_000, bytes: 50_000_000 }
const MOST_REDIRECTS = 5

/** A client for one run: its documents have a common limit in time and size. */
export function createBrokerClient(access: BrokerAccess, total = TOTAL): BrokerClient {
  const deadline = Date.now() + total.time
  let bytes = 0

  async function call(
    method: string,
    url: string,
    body?: object,
    redirects = 0,
  ): Promise<HalDocument> {
    const left = deadline - Date.now()
    if (left <= 0)
      throw refusal(url, `all its replies together took longer than ${total.time / 1000} s`)
    const reply = await ask(access, method, url, body, Math.min(left, REPLY_LIMITS.time))
    bytes += reply.body.length
    if (bytes > total.bytes)
      throw refusal(url, `all its replies together are larger than ${total.bytes / 1_000_000} MB`)
    const { location } = reply.headers
    if (isRedirect(reply) && location && method === 'GET' && redirects < MOST_REDIRECTS)
      return call(method, new URL(location, url).href, undefined, redirects + 1)
    return { url, content: contentOf(reply, url, access) }
  }

  return {
    get: (url) => call('GET', url),
    send: (method, url, body) => call(method, url, body),
  }
}

async function ask(
  access: BrokerAccess,
  method: string,
  url: string,
  body: object | undefined,
  time: number,
): Promise<HttpReply> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new BrokerError(
      `The broker at ${access.baseUrl} links to ${shorten(url)}, which is not a URL`,
    )
  const { origin, pathname, search } = new URL(url)
  const headers = {
    accept: 'application/hal+json, application/json',
    ...(isOwn(access.baseUrl, url) && credentials(access)),
    ...(body && { 'content-type': 'application/json' }),
  }
  const request = {
    method,
    path: pathname,
    query: search.slice(1),
    headers,
    body: body ? JSON.stringify(body) : '',
  }
  return sendRequest(origin, request, { time }).catch((error: NodeJS.ErrnoException) => {
    throw refusal(url, error.code ? `it did not answer: ${inWords(error.code)}` : error.message)
  })
}

function isRedirect({ status }: HttpReply): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function contentOf(reply: HttpReply, url: string, access: BrokerAccess): Record<string, unknown> {
  if (reply.status < 200 || reply.status > 299)
    throw refusal(url, statusInWords(reply, url, access))
  // The broker answers some requests without a body.
  if (reply.status === 204 || reply.body.trim() === '') return {}
  const fault = readObject(reply.body)
  if (typeof fault === 'string') throw refusal(url, `its reply is not a JSON object: ${fault}`)
  const content = parseJsonText(reply.body)
  return isObject(content) ? content : {}
}
