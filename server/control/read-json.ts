import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.js'

/** The most bytes of a control request's body. */
const CONTROL_BODY_LIMIT = 100 * 1024

/** Reads a JSON body; an empty one as `{}`. Throws a {@link Problem}. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  checkMediaType(request.headers['content-type'])
  const text = decode(await readBytes(request))
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message would quote the body, which may hold a password.
    throw new Problem(400, 'The body must be JSON')
  }
}

function checkMediaType(type: string | undefined): void {
  const [mediaType = '', ...parameters] = (type ?? '').toLowerCase().split(';')
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='))
  const isUtf8 = !charset || /^charset="?utf-8"?$/.test(charset)
  if (mediaType.trim() === 'application/json' && isUtf8) return
  const given = type === undefined ? 'nothing' : JSON.stringify(type)
  throw new Problem(415, `The content-type must be application/json, got ${given}`)
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = Number(request.headers['content-length'] ?? 0)
  if (length > CONTROL_BODY_LIMIT) throw tooLarge()
  length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > CONTROL_BODY_LIMIT) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): Problem {
  return new Problem(413, `The body must be at most ${CONTROL_BODY_LIMIT} bytes`)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem(400, 'The body must be UTF-8')
  }
}
