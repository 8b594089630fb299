import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeLossy, decodeStream, decodeStrict } from '../../../src/python/charsets.js'
import { PyDecodeError, wireBytes } from '../../../src/python/codecs.js'
import { PyCrash } from '../../../src/python/crash.js'

const bytes = (...values: number[]) => Uint8Array.from(values)

// Recorded from Python 3.11.2: codecs.getreader('utf-8')(io.BytesIO(bytes)).read()
test.each([
  [bytes(0xff), 'byte 0xff in position 0: invalid start byte'],
  [bytes(0x61, 0x80), 'byte 0x80 in position 1: invalid start byte'],
  [bytes(0xc0, 0xaf), 'byte 0xc0 in position 0: invalid start byte'],
  [bytes(0xf5), 'byte 0xf5 in position 0: invalid start byte'],
  [bytes(0xe9, 0x74, 0xe9), 'byte 0xe9 in position 0: invalid continuation byte'],
  [bytes(0x61, 0xc3, 0x28), 'byte 0xc3 in position 1: invalid continuation byte'],
  [bytes(0xe2, 0x82, 0x28), 'bytes in position 0-1: invalid continuation byte'],
  [bytes(0xe0, 0x80, 0x80), 'byte 0xe0 in position 0: invalid continuation byte'],
  [bytes(0xed, 0xa0, 0x80), 'byte 0xed in position 0: invalid continuation byte'],
  [bytes(0xf0, 0x9f, 0x98, 0x28), 'bytes in position 0-2: invalid continuation byte'],
  [bytes(0xf0, 0x80, 0x80, 0x80), 'byte 0xf0 in position 0: invalid continuation byte'],
  [bytes(0xf4, 0x90, 0x80, 0x80), 'byte 0xf4 in position 0: invalid continuation byte'],
])('%s is refused as UTF-8 with Python’s message', (input, fault) => {
  expect(() => decodeStream(input)).toThrow(
    new PyDecodeError(`'utf-8' codec can't decode ${fault}`),
  )
})

test.each([
  [bytes(0x63, 0x61, 0x66, 0xc3), 'caf'],
  [bytes(0xf0, 0x9f, 0x98), ''],
  [bytes(0x63, 0x61, 0x66, 0xc3, 0xa9), 'café'],
  [bytes(0xef, 0xbb, 0xbf, 0x7b), '\ufeff{'],
])(
  '%s reads %j: a sequence cut off by the end is dropped, a byte order mark is kept',
  (input, text) => {
    expect(decodeStream(input)).toBe(text)
  },
)

test('UTF-8 is read like TextDecoder reads it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeStream(new TextEncoder().encode(text))).toBe(text)
    }),
  )
})

test('latin-1 is ISO 8859-1, byte by byte', () => {
  expect(decodeStream(bytes(0xe9, 0x80), 'ISO-8859-1')).toBe('é\u0080')
  expect(decodeLossy(bytes(0xe9), 'latin_1')).toBe('é')
})

test('ASCII refuses or replaces other characters', () => {
  expect(() => decodeStream(bytes(0x61, 0xe9), 'ascii')).toThrow(
    "'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)",
  )
  expect(decodeLossy(bytes(0x61, 0xe9), 'ascii')).toBe('a\ufffd')
})

test('an unknown charset is ignored', () => {
  expect(decodeStream(bytes(0xc3, 0xa9), 'klingon')).toBe('é')
})

test('long input is read whole', () => {
  expect(decodeStream(new Uint8Array(100_000).fill(0x61), 'latin1')).toHaveLength(100_000)
})

test('each character of text from the wire is a byte, unless it is too large for one', () => {
  expect([...wireBytes('\xc3\xa9')]).toEqual([0xc3, 0xa9])
  expect([...wireBytes('€')]).toEqual([0xe2, 0x82, 0xac])
})

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') =>
  Uint8Array.from(Buffer.from(text, encoding))

test.each<[string, Uint8Array, string]>([
  ['UTF-8-SIG', bytesOf('\ufeffa'), 'a'],
  ['utf-16', bytesOf('\ufeffa\u{1f600}', 'utf16le'), 'a\u{1f600}'],
  ['UTF16', Uint8Array.from([0xfe, 0xff, 0, 0x61]), 'a'],
  ['utf_16_be', Uint8Array.from([0, 0x61, 0]), 'a'],
  ['utf-16le', bytesOf('\ufeffa', 'utf16le'), '\ufeffa'],
  ['cp1252', Uint8Array.from([0x80]), '\u20ac'],
  ['base64', bytesOf('eyJhIjoxfQ=='), '{"a":1}'],
  ['hex', bytesOf('7b7D'), '{}'],
  ['unknown', bytesOf('\u00e9'), '\u00e9'],
])('a stream in %s is decoded', (charset, bytes, expected) => {
  expect(decodeStream(bytes, charset)).toBe(expected)
})

test.each<[string, number[], string]>([
  ['utf-16', [0x62], "'utf-16-le' codec can't decode byte 0x62 in position 0: truncated data"],
  [
    'utf-16-be',
    [0, 0x61, 0xd8],
    "'utf-16-be' codec can't decode byte 0xd8 in position 2: truncated data",
  ],
  [
    'utf-16-le',
    [0x61, 0, 0, 0xd8],
    "'utf-16-le' codec can't decode bytes in position 2-3: unexpected end of data",
  ],
  [
    'utf-16-le',
    [0x61, 0, 0, 0xd8, 0],
    "'utf-16-le' codec can't decode bytes in position 2-4: unexpected end of data",
  ],
])('a whole text in %s that ends within a character is refused', (charset, bytes, message) => {
  expect(() => decodeStrict(Uint8Array.from(bytes), charset)).toThrow(message)
})

test.each<[string, Uint8Array, string]>([
  ['utf-16', bytesOf('a', 'utf16le'), 'UTF-16 stream does not start with BOM'],
  [
    'utf-16',
    Uint8Array.from([0xff, 0xfe, 0, 0xd8, 0x61, 0]),
    "'utf-16-le' codec can't decode bytes in position 2-3: illegal UTF-16 surrogate",
  ],
  [
    'utf-16-be',
    Uint8Array.from([0xdc, 0]),
    "'utf-16-be' codec can't decode bytes in position 0-1: illegal encoding",
  ],
  [
    'cp1252',
    Uint8Array.from([0x61, 0x81]),
    "'charmap' codec can't decode byte 0x81 in position 1: character maps to <undefined>",
  ],
  ['base64', bytesOf('YWJ'), 'Incorrect padding'],
  [
    'base64',
    bytesOf('Y'),
    'Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4',
  ],
  ['hex', bytesOf('616'), 'Odd-length string'],
  ['hex', bytesOf('6g'), 'Non-hexadecimal digit found'],
  ['undefined', bytesOf('a'), 'undefined encoding'],
])('a stream in %s can be wrong', (charset, bytes, message) => {
  expect(() => decodeStream(bytes, charset)).toThrow(new PyDecodeError(message))
})

test.each(['rot13', 'zlib'])('the frameworks crash on a stream in %s', (charset) => {
  expect(() => decodeStream(bytesOf('a'), charset)).toThrow(PyCrash)
})
