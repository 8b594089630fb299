import type { Request } from 'express'
import { readBody } from '../http/read-body.js'

/** A request whose body has been read. `readBody` returns `rawBody` to the next reader. */
export type ReadRequest = Request & { rawBody?: Uint8Array }

/**
 * Reads and parses the body of a request, JSON or a form, as `request.body`. A body of another type, or
 * one that does not parse, becomes `undefined`.
 */
export async function parseBody(request: ReadRequest): Promise<void> {
  request.rawBody ??= await readBody(request)
  request.body = parse(
    Buffer.from(request.rawBody).toString('utf8'),
    request.headers['content-type'],
  )
}

function parse(text: string, contentType = ''): unknown {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return Object.fromEntries(new URLSearchParams(text))
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
