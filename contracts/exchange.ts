/** A request as it came. */
export interface SentRequest {
  method: string
  path: string
  /** Without its question mark. */
  query: string
  /** By their names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
}

/** A reply as it is sent. */
export interface SentReply {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** Longer bodies are not kept in memory. No body with tokens is this long. Bytes. */
const BODY_LIMIT = 5_000_000

/** {@link BODY_LIMIT}, for messages. */
export const BODY_LIMIT_NAME = '5 MB'

/** A body that is longer than {@link BODY_LIMIT}. */
export const TOO_LONG = Symbol('too long')

/**
 * Reads a body, and adds its chunks to `chunks` as they come. Where it is longer than {@link BODY_LIMIT},
 * the stream is destroyed, or with `drains` read to its end without being kept.
 */
export async function readAll(
  stream: AsyncIterable<Buffer>,
  { chunks = [], drains = false }: { chunks?: Buffer[]; drains?: boolean } = {},
): Promise<string | typeof TOO_LONG> {
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length <= BODY_LIMIT) chunks.push(chunk)
    else if (drains) chunks.length = 0
    else return TOO_LONG
  }
  return length > BODY_LIMIT ? TOO_LONG : Buffer.concat(chunks).toString('utf8')
}

/** Headers as Node has them, each with one value. */
export function flat(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
