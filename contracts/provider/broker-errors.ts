import { BrokerError } from '../errors.js'
import { isObject } from '../is-object.js'
import { type BrokerAccess, isOwn } from './broker-access.js'
import type { HttpReply } from './http-client.js'
import { readObject } from './json-body.js'

/** An error that names the address of a broker and what is wrong there. */
export function refusal(url: string, fault: string): BrokerError {
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

/** What a code of Node means. */
export function inWords(code: string): string {
  return NETWORK[code] ? `${NETWORK[code]} (${code})` : code
}

/** What a status means that is not a success. */
export function statusInWords(
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
export function shorten(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/@]*@/, '//')
    .slice(0, 200)
}
