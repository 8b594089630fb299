import fc from 'fast-check'
import type { RawRequest } from './corpus.js'

/** Pieces that mean something to one parser or another. */
const PIECES = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '0',
  '-',
  '.',
  'e',
  'E5',
  '/',
  '*',
  ';',
  '=',
  '&',
  '%',
  '%41',
  '%00',
  '%FF',
  '%C3%A9',
  '+',
  'null',
  'true',
  'NaN',
  'Infinity',
  '\\u0000',
  '\\ud800',
  '\\ude00',
  '\\n',
  'é',
  '€',
  '😀',
  '\ufeff',
  '\u00a0',
  '\u2028',
  '\u3000',
  'username',
  'password',
  'refresh',
  'application/json',
  'charset=utf-8',
  'q=0',
  'indent=2',
  '--XX',
  'form-data',
  'name="password"',
  'Bearer',
  'x',
]

const HEADER_VALUES = [
  '*/*',
  'application/json',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=XX',
  'Bearer x',
  'text/plain',
]

const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 }))

/** Puts a piece in place of `length` characters. */
const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), piece })
type Edit = { at: number; length: number; piece: string }

function splice(text: string, { at, length, piece }: Edit): string {
  const start = at % (text.length + 1)
  return text.slice(0, start) + piece + text.slice(start + length)
}

/** A header value that any HTTP client would let through. */
const sanitized = (text: string) => text.replace(/[^\x20-\x7e]/g, '').trim()

const change: fc.Arbitrary<(request: RawRequest) => RawRequest> = fc.oneof(
  {
    weight: 5,
    arbitrary: edit.map((given) => (request: RawRequest) => changeBody(request, given)),
  },
  {
    weight: 2,
    arbitrary: edit.map((given) => (request: RawRequest) => ({
      ...request,
      target: `/${splice(request.target.slice(1), given)
        .replace(/[^\x21-\x7e]/g, '')
        .replace(/^\/+/, '')}`,
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ name: fc.constantFrom('content-type', 'accept', 'authorization'), given: edit })
      .map(({ name, given }) => (request: RawRequest) => ({
        ...request,
        headers: {
          ...request.headers,
          [name]: sanitized(splice(request.headers[name] ?? '', given)),
        },
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        name: fc.constantFrom('content-type', 'accept', 'authorization'),
        value: fc.constantFrom(...HEADER_VALUES),
      })
      .map(({ name, value }) => (request: RawRequest) => ({
        ...request,
        headers: { ...request.headers, [name]: value },
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE')
      .map((method) => (request: RawRequest) => ({ ...request, method })),
  },
)

function changeBody(request: RawRequest, given: Edit): RawRequest {
  const text = Buffer.from(request.body).toString('latin1')
  const piece = Buffer.from(given.piece).toString('latin1')
  return { ...request, body: Buffer.from(splice(text, { ...given, piece }), 'latin1') }
}

/** Requests of a corpus with one to three changes. */
export function mutated(corpus: readonly RawRequest[]): fc.Arbitrary<RawRequest> {
  return fc
    .tuple(fc.constantFrom(...corpus), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([request, changes]) => changes.reduce((changed, apply) => apply(changed), request))
}

/** The gate tries the same requests each time, so that it says something of a change; SEED tries others. */
export const SEED = Number(process.env['SEED'] ?? 1)
