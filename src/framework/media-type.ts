import { decodeLossy } from '../python/charsets.js'
import { stripBytes } from '../python/text.js'
import { unquoteToBytes } from '../python/urllib.js'

/** A header's main value in lower case, and its parameters by lower-case name. */
export interface HeaderValue {
  value: string
  params: Map<string, string>
}

/** A media type alone. */
const BARE = /^[\w.+/*-]+$/

const NO_HEADER: HeaderValue = { value: '', params: new Map() }

/**
 * Django's `parse_header`, which is more lenient than RFC 9110. A header with other characters than
 * ASCII in its value or in a parameter name is read as an empty header.
 */
export function parseHeader(line: string): HeaderValue {
  if (BARE.test(line)) return { value: line.toLowerCase(), params: new Map() }
  const [value = '', ...rest] = splitAtSemicolons(line)
  const params = new Map<string, string>()
  for (const part of rest) {
    const equals = part.indexOf('=')
    if (equals < 0) continue
    const name = stripBytes(part.slice(0, equals)).toLowerCase()
    if (!isAscii(name)) return NO_HEADER
    const text = unquoted(stripBytes(part.slice(equals + 1)))
    if (name.endsWith('*')) params.set(name.slice(0, -1), decodeExtended(text))
    else params.set(name, text)
  }
  return isAscii(value) ? { value: value.toLowerCase(), params } : NO_HEADER
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

/** Splits at every semicolon that an even number of quotation marks precedes in its part. */
function splitAtSemicolons(line: string): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted
    if (line[at] !== ';' || isQuoted) continue
    parts.push(stripBytes(line.slice(start, at)))
    start = at + 1
  }
  parts.push(stripBytes(line.slice(start)))
  return parts
}

function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  return text.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"')
}

/** RFC 2231: `utf-8''caf%C3%A9`. */
function decodeExtended(text: string): string {
  const parts = text.split("'")
  if (parts.length !== 3) return text
  return decodeLossy(unquoteToBytes(parts[2] ?? ''), parts[0])
}

/** Whether a media range such as `application/*` covers a media type, or the reverse. */
export function mediaTypeMatches(mediaType: string, range: HeaderValue): boolean {
  const [type, subtype] = splitType(mediaType)
  const [rangeType, rangeSubtype] = splitType(range.value)
  return matches(type, rangeType) && matches(subtype, rangeSubtype)
}

/**
 * How specific a media range is: 3 with parameters, 2 a full type, 1 `type/*`, 0 everything. The
 * parameter `q` alone does not count. Its value is ignored.
 */
export function precedenceOf(range: HeaderValue): 0 | 1 | 2 | 3 {
  const [type, subtype] = splitType(range.value)
  if (type === '*') return 0
  if (subtype === '*') return 1
  return [...range.params.keys()].some((name) => name !== 'q') ? 3 : 2
}

function splitType(mediaType: string): [type: string, subtype: string] {
  const slash = mediaType.indexOf('/')
  return slash < 0 ? [mediaType, ''] : [mediaType.slice(0, slash), mediaType.slice(slash + 1)]
}

function matches(one: string, other: string): boolean {
  return one === '*' || other === '*' || one === other
}
