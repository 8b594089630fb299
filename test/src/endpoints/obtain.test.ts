import { expect, test } from 'vitest'
import { createZapSign } from '../../../src/index.js'
import {
  CREDENTIALS,
  failToSignIn,
  JSON_TYPE,
  OBTAIN,
  post,
  read,
  signIn,
  TOO_MANY,
  WRONG_CREDENTIALS,
} from '../../support.js'

const JSON_HEADERS = { 'content-type': 'application/json', allow: 'POST, OPTIONS' }
const INFERRED = { ...JSON_HEADERS, 'x-zapsign-mock': 'inferred' }
const ORGANIZATION = (id: string) => `https://api.zapsign.com.br/api/v1/auth/token/${id}/`

test('right credentials get a token pair, refresh first', async () => {
  const zapsign = createZapSign({ seed: 1, now: 0 })
  const response = await signIn(zapsign)
  const text = await response.clone().text()
  expect(text).toMatch(/^\{"refresh":"[\w-]+\.[\w-]+\.[\w-]+","access":"[\w-]+\.[\w-]+\.[\w-]+"\}$/)
  expect(await read(response)).toEqual({
    status: 200,
    headers: { ...JSON_HEADERS, 'x-zapsign-mock': 'documented' },
    body: await createZapSign({ seed: 1, now: 0 }).issueTokenPair(),
  })
})

test.each([
  ['a wrong password', { password: 'wrong' }],
  ['an unknown user', { username: 'nobody@example.com' }],
  ['the user name in another case', { username: 'Dev@example.com.br' }],
])('%s gets the documented 401', async (_, credentials) => {
  expect(await read(await signIn(createZapSign(), credentials))).toEqual({
    status: 401,
    headers: {
      ...JSON_HEADERS,
      'www-authenticate': 'Bearer realm="api"',
      'x-zapsign-mock': 'documented',
    },
    body: WRONG_CREDENTIALS,
  })
})

test('an inactive user is refused like wrong credentials', async () => {
  const zapsign = createZapSign({ users: [{ ...CREDENTIALS, active: false }] })
  expect((await read(await signIn(zapsign))).body).toEqual(WRONG_CREDENTIALS)
})

test('after five failures the next login gets the documented 400, even with the right password', async () => {
  const zapsign = createZapSign()
  expect(await failToSignIn(zapsign, 6)).toEqual([401, 401, 401, 401, 401, 400])
  expect(await read(await signIn(zapsign))).toEqual({
    status: 400,
    headers: { ...JSON_HEADERS, 'x-zapsign-mock': 'documented' },
    body: TOO_MANY,
  })
})

test('the limit is lifted when its window has passed by the provider’s clock', async () => {
  const zapsign = createZapSign({ now: 0 })
  await failToSignIn(zapsign, 5)
  zapsign.time.advance('59s')
  expect((await signIn(zapsign)).status).toBe(400)
  zapsign.time.advance('1s')
  expect((await signIn(zapsign)).status).toBe(200)
})

test('the failures of one user in one organization lock out no other user', async () => {
  const bia = { username: 'bia@example.com', password: 'b' }
  const zapsign = createZapSign({ users: [CREDENTIALS, bia] })
  await failToSignIn(zapsign, 5)
  expect((await signIn(zapsign, bia)).status).toBe(200)
  expect((await signIn(zapsign, {}, ORGANIZATION('222'))).status).toBe(200)
})

test('a malformed login does not count as failed', async () => {
  const zapsign = createZapSign({ loginLimit: { attempts: 1 } })
  await signIn(zapsign, { password: '' })
  expect((await signIn(zapsign)).status).toBe(200)
})

test('any organization is accepted unless some are listed', async () => {
  const open = createZapSign()
  const listed = createZapSign({ organizations: [{ id: '1' }, { id: '2' }] })
  const statuses = async (zapsign: typeof open) => [
    (await signIn(zapsign, {}, ORGANIZATION('1'))).status,
    (await signIn(zapsign, {}, ORGANIZATION('9'))).status,
  ]
  expect(await statuses(open)).toEqual([200, 200])
  expect(await statuses(listed)).toEqual([200, 401])
})

test('a user of another organization is refused like wrong credentials', async () => {
  const zapsign = createZapSign({ users: [{ ...CREDENTIALS, organizations: ['1'] }] })
  expect((await signIn(zapsign, {}, ORGANIZATION('1'))).status).toBe(200)
  expect((await read(await signIn(zapsign, {}, ORGANIZATION('2')))).body).toEqual(WRONG_CREDENTIALS)
})

test('an Authorization header is ignored', async () => {
  const response = await post(createZapSign(), OBTAIN, CREDENTIALS, {
    headers: { authorization: 'Bearer x' },
  })
  expect(response.status).toBe(200)
})

const BOTH_REQUIRED = {
  username: ['This field is required.'],
  password: ['This field is required.'],
}

test.each<[string, RequestInit, unknown]>([
  ['{}', { body: '{}', headers: JSON_TYPE }, BOTH_REQUIRED],
  ['no body', {}, BOTH_REQUIRED],
  ['an empty form', { body: new URLSearchParams() }, BOTH_REQUIRED],
  [
    'one field',
    { body: '{"username":"a"}', headers: JSON_TYPE },
    { password: BOTH_REQUIRED.password },
  ],
  [
    'blank and null',
    { body: '{"username":" ","password":null}', headers: JSON_TYPE },
    { username: ['This field may not be blank.'], password: ['This field may not be null.'] },
  ],
  ['null', { body: 'null', headers: JSON_TYPE }, { non_field_errors: ['No data provided'] }],
  [
    'a text that is not JSON',
    { body: '{"username": }', headers: JSON_TYPE },
    { detail: 'JSON parse error - Expecting value: line 1 column 14 (char 13)' },
  ],
  [
    'bytes that are no UTF-8',
    { body: Uint8Array.from([0x22, 0xff, 0x22]), headers: JSON_TYPE },
    {
      detail:
        "JSON parse error - 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
    },
  ],
  [
    'multipart without a boundary',
    { body: 'x', headers: { 'content-type': 'multipart/form-data' } },
    { detail: 'Multipart form parse error - Invalid boundary in multipart: None' },
  ],
])('%s gets a 400 that says what is wrong', async (_, init, body) => {
  const response = await createZapSign().fetch(OBTAIN, { method: 'POST', ...init })
  expect(await read(response)).toEqual({ status: 400, headers: INFERRED, body })
})

test.each<[string, RequestInit]>([
  ['a form', { body: new URLSearchParams(CREDENTIALS) }],
  [
    'JSON with numbers, white space, extra and duplicate fields',
    {
      body: '{"password":"x","username":" dev@example.com.br\\u3000","more":{},"password":"StrongPassword123 "}',
      headers: JSON_TYPE,
    },
  ],
])('%s is accepted too', async (_, init) => {
  const response = await createZapSign().fetch(OBTAIN, { method: 'POST', ...init })
  expect(response.status).toBe(200)
})

test('a multipart form is accepted too', async () => {
  const body = new FormData()
  for (const [name, value] of Object.entries(CREDENTIALS)) body.set(name, value)
  expect((await createZapSign().fetch(OBTAIN, { method: 'POST', body })).status).toBe(200)
})

test('a number becomes its text', async () => {
  const zapsign = createZapSign({ users: [{ username: '5', password: '1.0' }] })
  expect((await post(zapsign, OBTAIN, '{"username":5,"password":1.0}')).status).toBe(200)
})

test('another media type gets 415 with the type as it was sent', async () => {
  const response = await createZapSign().fetch(OBTAIN, { method: 'POST', body: 'x' })
  expect(await read(response)).toEqual({
    status: 415,
    headers: INFERRED,
    body: { detail: 'Unsupported media type "text/plain;charset=UTF-8" in request.' },
  })
})

test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s gets 405', async (method) => {
  expect(await read(await createZapSign().fetch(OBTAIN, { method }))).toEqual({
    status: 405,
    headers: INFERRED,
    body: { detail: `Method "${method}" not allowed.` },
  })
})

test('HEAD gets 405 without a body', async () => {
  expect(await read(await createZapSign().fetch(OBTAIN, { method: 'HEAD' }))).toEqual({
    status: 405,
    headers: INFERRED,
    body: '',
  })
})

test('OPTIONS describes the endpoint', async () => {
  const field = (label: string) => ({ type: 'string', required: true, read_only: false, label })
  expect(await read(await createZapSign().fetch(OBTAIN, { method: 'OPTIONS' }))).toEqual({
    status: 200,
    headers: INFERRED,
    body: {
      name: 'Token Obtain Pair',
      description:
        'Takes a set of user credentials and returns an access and refresh JSON web\ntoken pair to prove the authentication of those credentials.',
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
      actions: { POST: { username: field('Username'), password: field('Password') } },
    },
  })
})

test('names and organizations such as __proto__ and constructor work like any other', async () => {
  const zapsign = createZapSign()
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    expect(
      (await signIn(zapsign, { username: name, password: name }, ORGANIZATION(name))).status,
    ).toBe(401)
  }
})
