import { BODY_LIMIT } from '../../src/internal.js'
import type { Incoming } from './incoming.js'

/**
 * Reads a request's body. It stops as soon as the body is too large; the provider then refuses it
 * because of its length. Rejects when the client disconnects first.
 */
export function readBody(request: Incoming): Promise<Uint8Array> {
  return new Promise((resolve, reject) => takeBody(request, resolve, reject))
}

/** Reads a body as {@link readBody} does, without a promise. Calls one of the functions, once. */
export function takeBody(
  request: Incoming,
  take: (body: Uint8Array) => void,
  fail: (error: Error) => void,
): void {
  if (request.readableEnded) return void take(reconstructBody(request))
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT)
    return void take(new Uint8Array())
  const chunks: Buffer[] = []
  let length = 0
  let isTaken = false

  function finish(): void {
    if (isTaken) return
    isTaken = true
    const [first] = chunks
    take(first && chunks.length === 1 ? first : Buffer.concat(chunks))
  }
  request.on('data', (chunk: Buffer) => {
    if (isTaken) return
    chunks.push(chunk)
    length += chunk.length
    if (length <= BODY_LIMIT) return
    request.pause()
    finish()
  })
  request.on('end', finish)
  request.on('close', () => {
    if (!isTaken) fail(new Error('The client disconnected while it sent the body'))
  })
}

/** Reconstructs a body that a body parser of the surrounding app has consumed. */
function reconstructBody({ body, headers }: Incoming): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array()
  if (Buffer.isBuffer(body)) return body
  if (typeof body === 'string') return Buffer.from(body)
  const isForm = headers['content-type']?.includes('urlencoded') ?? false
  return Buffer.from(isForm ? new URLSearchParams(Object(body)).toString() : JSON.stringify(body))
}
