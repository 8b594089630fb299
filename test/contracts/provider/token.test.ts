import { expect, test } from 'vitest'
import { claimsOf, decodeToken } from '../../../contracts/provider/token.js'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const HEADER = encode({ typ: 'JWT', alg: 'HS256' })
const PAYLOAD = encode({ jti: 'x' })
const TOKEN = `${HEADER}.${PAYLOAD}.c2ln`

test('a JWT is decoded, whatever its signature', () => {
  expect(decodeToken(TOKEN)).toEqual({
    header: { typ: 'JWT', alg: 'HS256' },
    payload: { jti: 'x' },
    signature: 'c2ln',
  })
})

test.each<[unknown, string]>([
  [undefined, 'is missing'],
  [null, 'is null'],
  [[TOKEN], 'is a list, not a string'],
  [{ token: TOKEN }, 'is an object, not a string'],
  [7, 'is a number, not a string'],
  ['', 'is an empty string'],
  ['c7f35c84-7893', 'has 1 part, a JWT has 3'],
  [`${HEADER}.${PAYLOAD}`, 'has 2 parts, a JWT has 3'],
  [`${TOKEN}.a.b`, 'has 5 parts, a JWT has 3'],
  [`${HEADER}.${PAYLOAD}.`, 'has an empty signature'],
  [`.${PAYLOAD}.c2ln`, 'has an empty header'],
  [`${HEADER}..c2ln`, 'has an empty payload'],
  [`${TOKEN}=`, 'is padded with "=", which base64url in a JWT is not'],
  [`${TOKEN}\n`, 'contains white space'],
  [`Bearer ${TOKEN}`, 'has a prefix ("Bearer "): expected the token only'],
  [`${HEADER}.${PAYLOAD}.a+/b`, 'is not in base64url'],
  ['a.b.c', 'has a header that is not a JSON object'],
  [`${HEADER}.${encode([1])}.c2ln`, 'has a payload that is not a JSON object'],
])('%j is not a JWT, and the reason is named', (value, reason) => {
  expect(decodeToken(value)).toBe(reason)
  expect(claimsOf(value)).toEqual({})
})
