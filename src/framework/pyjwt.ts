import { b64decode } from '../python/base64.js'
import { decodeLatin1, encodeLatin1 } from '../python/codecs.js'

/** The parts of a token that claims to be signed with HS256. */
export interface TokenParts {
  /** What the signature is made of. */
  signed: string
  payload: Uint8Array
  signature: Uint8Array
}

/**
 * Takes a token apart as PyJWT does: its base64 may contain characters that are not base64, which are
 * skipped, and of the header only `alg` and `b64` count. `undefined` for a text that PyJWT refuses.
 */
export function parseToken(token: string): TokenParts | undefined {
  const [first, last] = [token.indexOf('.'), token.lastIndexOf('.')]
  if (first === last) return undefined
  const header = decodeSegment(token.slice(0, first))
  const payload = decodeSegment(token.slice(first + 1, last))
  const signature = decodeSegment(token.slice(last + 1))
  if (!header || !payload || !signature || !isAccepted(parseObject(header))) return undefined
  return { signed: token.slice(0, last), payload, signature }
}

/** `b64: false` promises a payload outside the token (RFC 7797), and the frameworks do not support one. */
function isAccepted(header: Readonly<Record<string, unknown>> | undefined): boolean {
  return header?.['alg'] === 'HS256' && header['b64'] !== false
}

function decodeSegment(segment: string): Uint8Array | undefined {
  const text = decodeLatin1(new TextEncoder().encode(segment))
  const padded = text + '='.repeat((4 - (text.length % 4)) % 4)
  const bytes = b64decode(padded.replaceAll('-', '+').replaceAll('_', '/'))
  return bytes === undefined ? undefined : encodeLatin1(bytes)
}

/** A whole number with more digits than Python's `int()` accepts. */
const TOO_LONG = /[:,[\s]-?\d{4301,}[,\]}\s]/

/** A JSON object in UTF-8, or `undefined`. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = TOO_LONG.test(text) ? undefined : parseJson(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Python's JSON has two numbers more. */
const CONSTANTS: Readonly<Record<string, string>> = { NaN: '"\\u0000NaN"', Infinity: '1e999' }

/** Reads JSON as Python does. Text in quotation marks is left alone. */
function parseJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text)
  const json = text.replace(/"(?:[^"\\]|\\.)*"|NaN|Infinity/g, (part) => CONSTANTS[part] ?? part)
  return JSON.parse(json, (_, value) => (value === '\0NaN' ? Number.NaN : value))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
