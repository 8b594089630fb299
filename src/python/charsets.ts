import { BASE64, CRASHING, HEX, UNDEFINED } from './binary-codecs.js'
import {
  type Codec,
  CUT_OFF,
  cannotDecode,
  decodeAscii,
  decodeLatin1,
  decodeUtf8,
  decodeValidUtf8,
  firstUtf8Fault,
  PyDecodeError,
  withoutMark,
} from './codecs.js'
import { type ByteOrder, decodeUtf16, markOf, streamUtf16 } from './utf16.js'

/**
 * Python's `codecs.getreader(charset)(stream).read()`: a sequence that is cut off by the end of the
 * input is dropped. Any other fault is an error.
 *
 * @param charset The `charset` parameter of a content type. Django ignores an unknown charset.
 * Throws a {@link PyDecodeError}, or a `PyCrash` where the frameworks crash.
 */
export function decodeStream(bytes: Uint8Array, charset?: string): string {
  const { decode, decodeStream = decode } = codecOf(charset)
  return decodeStream(bytes)
}

/** Python's `bytes.decode(charset)`. Throws a {@link PyDecodeError} or a `PyCrash`. */
export function decodeStrict(bytes: Uint8Array, charset?: string): string {
  return codecOf(charset).decode(bytes)
}

/** Python's `bytes.decode(charset, 'replace')`. Throws a `PyCrash`. */
export function decodeLossy(bytes: Uint8Array, charset?: string): string {
  return codecOf(charset).decodeLossy(bytes)
}

/** The codec of a name. Python takes `UTF16`, `utf-16` and `utf_16` for the same. */
function codecOf(charset?: string): Codec {
  if (charset === undefined) return UTF_8
  const name = charset.toLowerCase().replace(/[^a-z0-9.]+/g, '_')
  return CODECS.find(([names]) => names.includes(name))?.[1] ?? UTF_8
}

const lossy = (label: string) => (bytes: Uint8Array) =>
  new TextDecoder(label, { ignoreBOM: true }).decode(bytes)

function streamUtf8(bytes: Uint8Array): string {
  const text = decodeValidUtf8(bytes)
  if (text !== undefined) return text
  const fault = firstUtf8Fault(bytes)
  return decodeUtf8(fault?.reason === CUT_OFF ? bytes.subarray(0, fault.start) : bytes)
}

const UTF_8: Codec = {
  decode: decodeUtf8,
  decodeStream: streamUtf8,
  decodeLossy: lossy('utf-8'),
}

const UTF_8_SIG: Codec = {
  decode: (bytes) => decodeUtf8(withoutMark(bytes)),
  decodeStream: (bytes) => streamUtf8(withoutMark(bytes)),
  decodeLossy: (bytes) => UTF_8.decodeLossy(withoutMark(bytes)),
}

const LATIN_1: Codec = { decode: decodeLatin1, decodeLossy: decodeLatin1 }

const ASCII: Codec = {
  decode: decodeAscii,
  decodeLossy: (bytes) => decodeLatin1(bytes).replace(/[^\0-\x7f]/g, '\ufffd'),
}

/** Windows-1252 from 0x80 to 0x9f, where it differs from Latin-1. Five bytes are undefined. */
const UPPER_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const UNDEFINED_1252 = /[\x81\x8d\x8f\x90\x9d]/

const read1252 = (bytes: Uint8Array) =>
  decodeLatin1(bytes).replace(
    /[\x80-\x9f]/g,
    (character) => UPPER_1252[character.charCodeAt(0) - 0x80] ?? character,
  )

const CP_1252: Codec = {
  decode(bytes) {
    const text = read1252(bytes)
    const at = text.search(UNDEFINED_1252)
    if (at < 0) return text
    const where = cannotDecode(bytes, at, at + 1)
    throw new PyDecodeError(`'charmap' codec ${where}: character maps to <undefined>`)
  },
  decodeLossy: (bytes) => read1252(bytes).replace(new RegExp(UNDEFINED_1252, 'g'), '\ufffd'),
}

const utf16 = (order: ByteOrder): Codec => ({
  decode: (bytes) => decodeUtf16(bytes, order),
  decodeStream: (bytes) => streamUtf16(bytes, order),
  decodeLossy: lossy(`utf-16${order}`),
})

/** The byte order mark decides. A stream must have one; a text without one is little-endian. */
const UTF_16: Codec = {
  decode: (bytes) => decodeUtf16(bytes, markOf(bytes) ?? 'le', markOf(bytes) ? 2 : 0),
  decodeStream(bytes) {
    const text = streamUtf16(bytes, markOf(bytes) ?? 'le', markOf(bytes) ? 2 : 0)
    if (markOf(bytes) || bytes.length < 2) return text
    throw new PyDecodeError('UTF-16 stream does not start with BOM')
  },
  decodeLossy: (bytes) =>
    lossy(`utf-16${markOf(bytes) ?? 'le'}`)(bytes.subarray(markOf(bytes) ? 2 : 0)),
}

/** The codecs other than UTF-8, with the names that Python knows them by. */
const CODECS: readonly (readonly [names: readonly string[], codec: Codec])[] = [
  [
    ['latin_1', 'latin1', 'latin', 'l1', 'iso_8859_1', 'iso8859_1', 'iso8859', '8859', 'cp819'],
    LATIN_1,
  ],
  [['ascii', 'us_ascii', 'us', '646', 'cp367'], ASCII],
  [['cp1252', 'windows_1252', '1252'], CP_1252],
  [['utf_8_sig'], UTF_8_SIG],
  [['utf_16', 'utf16', 'u16'], UTF_16],
  [['utf_16_le', 'utf_16le'], utf16('le')],
  [['utf_16_be', 'utf_16be'], utf16('be')],
  [['base64', 'base_64', 'base64_codec'], BASE64],
  [['hex', 'hex_codec'], HEX],
  [['undefined'], UNDEFINED],
  [['rot13', 'rot_13', 'zlib', 'zip', 'zlib_codec', 'bz2', 'bz2_codec'], CRASHING],
]
