import { b64decode } from '../python/base64.js'
import { decodeLossy } from '../python/charsets.js'
import { decodeLatin1, encodeLatin1 } from '../python/codecs.js'
import { splitWords, strip } from '../python/text.js'
import { MOST_FIELDS, TooManyFieldsError } from '../python/urllib.js'
import { FILE, type FieldValue } from './fields.js'
import { type HeaderValue, parseHeader } from './media-type.js'

/** The error for a multipart body that Django refuses, with Django's message. */
export class MultipartError extends Error {}

/** The number of bytes in which Django searches for the end of a part's headers. */
const HEADER_LENGTH = 1024

/** `DATA_UPLOAD_MAX_NUMBER_FILES` */
const MOST_FILES = 100

const BOUNDARY = /^[ -~]{0,200}[!-~]$/

/**
 * Django's parser for `multipart/form-data`. The result has the last value of each name. It is more
 * lenient than RFC 7578: a boundary may be anywhere, and the last boundary may be missing.
 *
 * Throws a {@link MultipartError} or a {@link TooManyFieldsError}.
 */
export function parseMultipart(
  bytes: Uint8Array,
  contentType: string,
  charset?: string,
): Map<string, FieldValue> {
  const fields = new Map<string, FieldValue>()
  const files = new Map<string, FieldValue>()
  let [fieldCount, fileCount] = [0, 0]
  const parts = splitParts(decodeLatin1(bytes), boundaryOf(contentType))
  for (const [index, part] of parts.entries()) {
    const { headers, content } = readPart(part)
    const disposition = headers.get('content-disposition')?.params
    const isFile = Boolean(disposition?.get('filename'))
    // Django counts the texts before the first and after the last boundary too, and allows two more.
    if (!isFile && ++fieldCount > MOST_FIELDS + 2) throw new TooManyFieldsError()
    const name = disposition?.get('name')
    if (name === undefined) continue
    if (isFile && ++fileCount > MOST_FILES) throw new TooManyFieldsError()
    const decode = (text: string) => decodeLossy(encodeLatin1(text), charset)
    const isBase64 = strip(headers.get('content-transfer-encoding')?.value ?? '') === 'base64'
    if (!isFile) {
      const text = isBase64 ? (b64decode(content) ?? content) : content
      fields.set(decode(strip(name)), decode(text))
      continue
    }
    if (!isNamed(disposition?.get('filename') ?? '')) continue
    if (isBase64) refuseUnlessBase64(content)
    // Django treats a file as complete when it reaches the next part.
    if (index < parts.length - 1) files.set(decode(strip(name)), FILE)
  }
  return new Map([...fields, ...files])
}

function boundaryOf(contentType: string): string {
  if (!contentType.startsWith('multipart/')) {
    throw new MultipartError(`Invalid Content-Type: ${contentType}`)
  }
  const boundary = parseHeader(contentType).params.get('boundary')
  if (boundary && BOUNDARY.test(boundary)) return boundary
  throw new MultipartError(`Invalid boundary in multipart: ${boundary ?? 'None'}`)
}

/** A part ends before the line break in front of the next boundary. The last part may have no such line break. */
function splitParts(text: string, boundary: string): string[] {
  const parts = text.split(`--${boundary}`)
  const last = parts.pop() ?? ''
  const ended = parts.map((part) => part.replace(/\r?\n?$/, ''))
  return last === '' ? ended : [...ended, last]
}

function readPart(part: string): { headers: Map<string, HeaderValue>; content: string } {
  const end = part.slice(0, HEADER_LENGTH).indexOf('\r\n\r\n')
  const headers = new Map<string, HeaderValue>()
  if (end < 0) return { headers, content: part }
  for (const line of part.slice(0, end).split('\r\n')) {
    const { value, params } = parseHeader(line)
    const colon = value.indexOf(':')
    if (colon >= 0) headers.set(value.slice(0, colon), { value: value.slice(colon + 1), params })
  }
  return { headers, content: part.slice(end + 4) }
}

/** Skips a file whose name is only a path. */
function isNamed(filename: string): boolean {
  const name = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
  return !['', '.', '..'].includes(strip(name))
}

function refuseUnlessBase64(content: string): void {
  const text = splitWords(content).join('')
  if (text.length % 4 === 0 && b64decode(text) !== undefined) return
  throw new MultipartError('Could not decode base64 data.')
}
