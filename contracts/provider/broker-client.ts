import { BrokerError } from '../errors.js'
import { isObject } from '../is-object.js'
import { parseJsonText } from '../pact/json-text.js'
import { type HttpReply, REPLY_LIMITS, sendRequest } from './http-client.js'
import { readObject } from './json-body.js'

/** The host of a broker, and how to sign in there. */
export interface BrokerAccess {
  /** Credentials are sent to this host only. */
  baseUrl: string
  token?: string
  username?: string
  password?: string
}

/** A document of a broker, and its address. */
export interface HalDocument {
  url: string
  content: Record<string, unknown>
}

export interface BrokerClient {
  /** Fetches a document. Redirects are followed. Rejects with a {@link BrokerError}. */
  get(url: string): Promise<HalDocument>
  /** Sends a document. Rejects with a {@link BrokerError}. */
  send(method: 'POST' | 'PUT', url: string, body: object): Promise<HalDocument>
}

/** What all documents of a run may take together. */
const TOTAL = { time: 60_000, bytes: 50_000_000 } as const
const MOST_REDIRECTS = 5

/** A client for one run: its documents have a common limit in time and size. */
export function createBrokerClient(access: BrokerAccess): BrokerClient {
  const deadline = Date.now() + TOTAL.time
  let bytes = 0

  async function call(
    method: string,
    url: string,
    body?: object,
    redirects = 0,
  ): Promise<HalDocument> {
    const left = deadline - Date.now()
    if (left <= 0)
      throw refusal(url, `all its replies together took longer than ${TOTAL.time / 1000} s`)
    const reply = await ask(access, method, url, body, Math.min(left, REPLY_LIMITS.time))
    bytes += reply.body.length
    if (bytes > TOTAL.bytes)
      throw refusal(url, `all its replies together are larger than ${TOTAL.bytes / 1_000_000} MB`)
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

function credentials({ token, username, password }: BrokerAccess): { authorization?: string } {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (username === undefined) return {}
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return { authorization: `Basic ${pair}` }
}

/** Whether a URL is on the broker's own host, or on its secure variant. */
function isOwn(baseUrl: string, url: string): boolean {
  const [base, other] = [new URL(baseUrl), new URL(url)]
  const isUpgrade =
    base.protocol === 'http:' && other.protocol === 'https:' && !base.port && !other.port
  return base.origin === other.origin || (isUpgrade && base.hostname === other.hostname)
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

function refusal(url: string, fault: string): BrokerError {
  return new BrokerError(`The broker at ${shorten(url)} cannot be used: ${fault}`)
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name could not be looked up',
  ECONNRESET: 'it closed the connection',
  ETIMEDOUT: 'the connection timed out',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted, see NODE_EXTRA_CA_CERTS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed, see NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted, see NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  EPROTO: 'it does not speak TLS',
}

function inWords(code: string): string {
  return NETWORK[code] ? `${NETWORK[code]} (${code})` : code
}

function statusInWords(
  { status, body, headers }: HttpReply,
  url: string,
  access: BrokerAccess,
): string {
  const { baseUrl, token, username } = access
  if (status === 401 && !isOwn(baseUrl, url))
    return `it answered 401, and is on another host than ${baseUrl}, so no credentials were sent`
  if (status === 401 && token === undefined && username === undefined)
    return 'it answered 401: it needs brokerToken (--broker-token), or brokerUsername and brokerPassword (--broker-username, --broker-password)'
  if (status === 401) return 'it answered 401: it does not accept the credentials'
  if (status === 403) return 'it answered 403: the credentials do not allow this'
  if (status === 404) return 'it answered 404: there is nothing at this address'
  if (headers['location'])
    return `it answered ${status} and redirects to ${shorten(headers['location'])}`
  return [`it answered ${status}`, errorsIn(body)].filter(Boolean).join(': ')
}

/** What a broker says about a request that it refuses. Texts from outside are shortened. */
function errorsIn(body: string): string {
  const content = readObject(body)
  if (typeof content === 'string') return ''
  const { errors, error } = content
  const said = errors ?? (isObject(error) ? (error['message'] ?? '') : (error ?? ''))
  const texts = typeof said === 'object' && said !== null ? flatten(said) : [String(said)]
  return texts.join('; ').slice(0, 300)
}

function flatten(errors: object): string[] {
  if (Array.isArray(errors)) return errors.map(String)
  return Object.entries(errors).map(([field, texts]) => `${field} ${[texts].flat().join(', ')}`)
}

/** A URL for a message, without its query and its credentials. */
function shorten(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/@]*@/, '//')
    .slice(0, 200)
}
