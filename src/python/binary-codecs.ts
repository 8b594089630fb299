import { b64decode } from './base64.js'
import {
  type Codec,
  decodeLatin1,
  decodeUtf8,
  encodeLatin1,
  PyDecodeError,
  withoutMark,
} from './codecs.js'
import { PyCrash } from './crash.js'

function crash(): never {
  throw new PyCrash('not a text encoding')
}

/**
 * One of Python's codecs from bytes to bytes. A stream may have it: JSON is then read from the bytes that
 * it returns. Everywhere else the frameworks crash.
 */
const binary = (read: (text: string) => string): Codec => ({
  decode: crash,
  decodeStream: (bytes) => decodeUtf8(withoutMark(encodeLatin1(read(decodeLatin1(bytes))))),
  decodeLossy: crash,
})

export const BASE64 = binary((text) => {
  const decoded = b64decode(text)
  if (decoded !== undefined) return decoded
  const count = text.replace(/[^A-Za-z0-9+/]/g, '').length
  throw new PyDecodeError(
    count % 4 === 1
      ? `Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`
      : 'Incorrect padding',
  )
})

export const HEX = binary((text) => {
  if (text.length % 2 === 1) throw new PyDecodeError('Odd-length string')
  if (/[^\da-f]/i.test(text)) throw new PyDecodeError('Non-hexadecimal digit found')
  return text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
})

/** Python's codec `undefined`, which refuses everything. */
export const UNDEFINED: Codec = {
  decode: crash,
  decodeStream() {
    throw new PyDecodeError('undefined encoding')
  },
  decodeLossy: crash,
}

/** Codecs on which the frameworks crash: from text to text, and compression. */
export const CRASHING: Codec = { decode: crash, decodeLossy: crash }
