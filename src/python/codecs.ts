/** The error for bytes that their encoding cannot decode, with Python's message. */
export class PyDecodeError extends Error {}

/** Each byte becomes the character with its number, unlike the Web's latin1, which is windows-1252. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return text
}

const CHUNK = 8192

/** The bytes of a path or a query: servers pass on one character for each byte, web URLs only ASCII. */
export function wireBytes(text: string): Uint8Array {
  return /[^\0-\xff]/.test(text) ? new TextEncoder().encode(text) : encodeLatin1(text)
}

/** The bytes that {@link decodeLatin1} read. */
export function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Python's `bytes.decode('ascii')`. Throws a {@link PyDecodeError}. */
export function decodeAscii(bytes: Uint8Array): string {
  const at = bytes.findIndex((byte) => byte > 0x7f)
  if (at < 0) return decodeLatin1(bytes)
  throw new PyDecodeError(
    `'ascii' codec ${cannotDecode(bytes, at, at + 1)}: ordinal not in range(128)`,
  )
}

const VALID_UTF_8_DECODER = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/** The text, or `undefined` where bytes are not UTF-8. Python's messages need a closer look at those. */
export function decodeValidUtf8(bytes: Uint8Array): string | undefined {
  try {
    return VALID_UTF_8_DECODER.decode(bytes)
  } catch {
    return undefined
  }
}

/** Python's `bytes.decode('utf-8')`. Throws a {@link PyDecodeError}. */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = decodeValidUtf8(bytes)
  if (text !== undefined) return text
  const { start, end, reason } = firstUtf8Fault(bytes) ?? { start: 0, end: 1, reason: CUT_OFF }
  throw new PyDecodeError(`'utf-8' codec ${cannotDecode(bytes, start, end)}: ${reason}`)
}

/** Python's reason for a sequence that the end of the input cuts off. */
export const CUT_OFF = 'unexpected end of data'

/** The place where bytes stop being UTF-8, and Python's message for it. */
export function firstUtf8Fault(
  bytes: Uint8Array,
): { start: number; end: number; reason: string } | undefined {
  let start = 0
  while (start < bytes.length) {
    const following = continuations(bytes[start] ?? 0)
    if (!following) return { start, end: start + 1, reason: 'invalid start byte' }
    let end = start + 1
    for (const [least, most] of following) {
      const byte = bytes[end]
      if (byte === undefined) return { start, end, reason: CUT_OFF }
      if (byte < least || byte > most) return { start, end, reason: 'invalid continuation byte' }
      end += 1
    }
    start = end
  }
  return undefined
}

type ByteRange = readonly [least: number, most: number]

const ANY: ByteRange = [0x80, 0xbf]

/** The bytes that may follow a first byte (Unicode Standard, table 3-7); `undefined` for a byte that cannot be first. */
function continuations(first: number): readonly ByteRange[] | undefined {
  if (first < 0x80) return []
  if (first < 0xc2 || first > 0xf4) return undefined
  if (first < 0xe0) return [ANY]
  if (first === 0xe0) return [[0xa0, 0xbf], ANY]
  if (first === 0xed) return [[0x80, 0x9f], ANY]
  if (first < 0xf0) return [ANY, ANY]
  if (first === 0xf0) return [[0x90, 0xbf], ANY, ANY]
  if (first === 0xf4) return [[0x80, 0x8f], ANY, ANY]
  return [ANY, ANY, ANY]
}

/** The middle of Python's message: which bytes cannot be decoded. `end` is not included. */
export function cannotDecode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 1) return `can't decode bytes in position ${start}-${end - 1}`
  const byte = (bytes[start] ?? 0).toString(16).padStart(2, '0')
  return `can't decode byte 0x${byte} in position ${start}`
}

/** One of Python's codecs. */
export interface Codec {
  decode(bytes: Uint8Array): string
  /** As {@link Codec.decode}, where a stream is decoded otherwise. */
  decodeStream?(bytes: Uint8Array): string
  decodeLossy(bytes: Uint8Array): string
}

/** UTF-8 without a byte order mark. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
