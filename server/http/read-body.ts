import { BODY_LIMIT } from '../../src/internal.js'
import type { Incoming } from './incoming.js'

/**
 * Reads a request's body. It stops as soon as the body is too large; the provider then refuses it
 * because of its length. Rejects when the client disconnects first.
 */
export async function readBody(request: Incoming): Promise<Uint8Array> {
  if (request.readableEnded) return reconstructBody(request)
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return new Uint8Array()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0

    function finish(): void {
      request.off('data', take).off('end', finish).off('close', fail)
      const [first] = chunks
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks))
    }
    function take(chunk: Buffer): void {
      chunks.push(chunk)
      length += chunk.length
      if (length <= BODY_LIMIT) return
      request.pause()
      finish()
    }
    const fail = () => reject(new Error('The client disconnected while it sent the body'))
    request.on('data', take).on('end', finish).on('close', fail)
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
