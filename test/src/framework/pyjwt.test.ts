import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseObject, parseToken } from '../../../src/framework/pyjwt.js'
import { createNobleSigner } from '../../../src/hmac-signer.js'

const KEY = 'a key for this test'
const encode = (text: string) => Buffer.from(text).toString('base64url')
const HEADER = '{"typ":"JWT","alg":"HS256"}'

function token(header: string, payload = '{"a":1}'): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`
}

const isAccepted = (text: string) => createNobleSigner(KEY).verify(text) !== undefined

test.each<[string, boolean]>([
  ['{"alg":"HS256"}', true],
  ['{"alg":"HS256","crit":["x"]}', true],
  ['{"alg":"HS256","b64":true}', true],
  ['{"alg":"HS256","b64":null}', true],
  ['{"alg":"HS256","b64":false}', false],
  ['{"alg":"HS256","kid":5}', true],
  ['{"alg":"hs256"}', false],
  ['{"alg":["HS256"]}', false],
  ['{}', false],
  ['[]', false],
  ['x', false],
])('the header %s: accepted is %s', (header, expected) => {
  expect(isAccepted(token(header))).toBe(expected)
})

test.each<[string, boolean]>([
  ['=', true],
  [' ', false],
  ['==', true],
  ['!!!!', true],
  ['!', false],
  ['A', false],
  ['====x', true],
])('a signature that is followed by %s: accepted is %s', (text, expected) => {
  expect(isAccepted(token(HEADER) + text)).toBe(expected)
})

test.each(['', 'a', 'a.b', '..', 'a.b.c', '.....'])('the text %j is not a token', (text) => {
  expect(parseToken(text)).toBeUndefined()
})

test('the signature covers everything before the last dot', () => {
  const text = token(HEADER)
  expect(parseToken(text)?.signed).toBe(text.slice(0, text.lastIndexOf('.')))
})

test('numbers are read as Python reads them', () => {
  const read = (text: string) => parseObject(new TextEncoder().encode(text))
  expect(read('{"a":NaN,"b":[-Infinity],"c":"NaN \\"Infinity\\""}')).toEqual({
    a: Number.NaN,
    b: [Number.NEGATIVE_INFINITY],
    c: 'NaN "Infinity"',
  })
  expect(read(`{"a":${'1'.repeat(4300)}}`)).toBeDefined()
  expect(read(`{"a":${'1'.repeat(4301)}}`)).toBeUndefined()
})
