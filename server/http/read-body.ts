import type { Request } from 'express'
import { BODY_LIMIT } from '../../src/internal.js'

/**
 * Reads a request's body. It stops as soon as the body is too large; the provider then refuses it
 * because of its length.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const { rawBody } = request as { rawBody?: Uint8Array }
  if (rawBody) return rawBody
  if (request.readableEnded) return reconstructBody(request)
  if (Number(request.get('content-length') ?? 0) > BODY_LIMIT) return new Uint8Array()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > BODY_LIMIT) break
  }
  return Buffer.concat(chunks)
}

/** Reconstructs a body that a body parser of the surrounding app has consumed. */
function reconstructBody({ body, headers }: Request): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array()
  if (Buffer.isBuffer(body)) return body
  if (typeof body === 'string') return Buffer.from(body)
  const isForm = headers['content-type']?.includes('urlencoded') ?? false
  return Buffer.from(isForm ? new URLSearchParams(body).toString() : JSON.stringify(body))
}
