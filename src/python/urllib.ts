import { decodeLossy, decodeStrict } from './charsets.js'
import { decodeLatin1, PyDecodeError, wireBytes } from './codecs.js'

/** Percent-encodes the UTF-8 of everything but letters, digits, `_.-~` and `safe`. */
export function quote(text: string, safe: string): string {
  return text.replace(/[^\w.~-]/gsu, (character) =>
    safe.includes(character) ? character : percentEncode(new TextEncoder().encode(character)),
  )
}

export function percentEncode(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  )
}

/** The bytes of a path or a query, with percent-encoding decoded. */
export function unquoteToBytes(text: string): Uint8Array {
  const encoded = wireBytes(text)
  const bytes = new Uint8Array(encoded.length)
  let length = 0
  for (let at = 0; at < encoded.length; at += 1) {
    const value = encoded[at] === PERCENT ? hexValue(encoded[at + 1], encoded[at + 2]) : undefined
    bytes[length++] = value ?? encoded[at] ?? 0
    if (value !== undefined) at += 2
  }
  return bytes.subarray(0, length)
}

const PERCENT = 0x25

function hexValue(high = 0, low = 0): number | undefined {
  const digits = String.fromCharCode(high, low)
  return /^[\dA-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined
}

/** Python's `unquote(text, charset, 'replace')`: it decodes percent-encoding only within runs of ASCII. */
function unquote(text: string, charset: string | undefined): string {
  if (!text.includes('%')) return text
  return text.replace(/[\0-\x7f]+/g, (run) => decodeLossy(unquoteToBytes(run), charset))
}

/** The error for a form or query with more fields than Django accepts (`DATA_UPLOAD_MAX_NUMBER_FIELDS`). */
export class TooManyFieldsError extends Error {}

export const MOST_FIELDS = 1000

/**
 * Django's `QueryDict`, reduced to the last value of each name.
 *
 * Throws a {@link TooManyFieldsError}.
 */
export function parseForm(bytes: Uint8Array, charset?: string): Map<string, string> {
  const fields = decodeForm(bytes, charset).split('&')
  if (fields.length > MOST_FIELDS) throw new TooManyFieldsError()
  const form = new Map<string, string>()
  for (const field of fields) {
    if (field === '') continue
    const equals = field.indexOf('=')
    const name = equals < 0 ? field : field.slice(0, equals)
    const value = equals < 0 ? '' : field.slice(equals + 1)
    const plain = (part: string) => unquote(part.replaceAll('+', ' '), charset)
    form.set(plain(name), plain(value))
  }
  return form
}

function decodeForm(bytes: Uint8Array, charset?: string): string {
  try {
    return decodeStrict(bytes, charset)
  } catch (error) {
    if (error instanceof PyDecodeError) return decodeLatin1(bytes)
    throw error
  }
}
