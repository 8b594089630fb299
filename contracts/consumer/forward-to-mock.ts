import { forward, type SentReply, type SentRequest } from '../http.js'
import { type PromiseName, promises } from '../promises.js'

/** Asks Pact's mock server for the reply of a promise. `undefined` when Pact finds a difference. */
export async function forwardToMock(
  mockUrl: string,
  request: SentRequest,
  name: PromiseName,
): Promise<SentReply | undefined> {
  const reply = await forward(mockUrl, asSpecified(request, name))
  return isReplyOf(name, reply) ? reply : undefined
}

/**
 * A request with only the headers that the promise specifies, in ASCII: Pact cannot match a request with
 * other characters in its headers, and prints its remarks about them to the user's output. The path is
 * spelled as in the promise.
 */
function asSpecified(request: SentRequest, name: PromiseName): SentRequest {
  const { headers: own, path } = promises[name].request
  const specified = Object.keys(own).map((one) => one.toLowerCase())
  const sent = Object.entries(request.headers).filter(([header]) => specified.includes(header))
  const headers = sent.map(([header, value]) => [header, inAscii(header, value)])
  return { ...request, path, headers: Object.fromEntries(headers) }
}

/** A media type without its parameters: any way of writing them is right. */
function inAscii(header: string, value: string): string {
  const text = header === 'content-type' ? (value.split(';', 1)[0] ?? '').trim() : value
  return text.replace(/[^\x20-\x7e]/g, '?')
}

/** Pact marks most replies to requests that it could not match. */
function isReplyOf(name: PromiseName, { status, headers }: SentReply): boolean {
  return status === promises[name].reply.status && headers['x-pact'] === undefined
}
