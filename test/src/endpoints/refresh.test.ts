import { CompactSign } from 'jose'
import { expect, test } from 'vitest'
import { createZapSign, DEFAULT_SIGNING_KEY } from '../../../src/index.js'
import { payloadOf, post, REFRESH, read } from '../../support.js'

const HEADERS = { 'content-type': 'application/json', allow: 'POST, OPTIONS' }

test('a refresh token gets a new access token, and only that', async () => {
  const zapsign = createZapSign({ now: 0 })
  const { refresh, access } = await zapsign.issueTokenPair()
  const answered = await read(await post(zapsign, REFRESH, { refresh }))
  expect(answered).toEqual({
    status: 200,
    headers: { ...HEADERS, 'x-zapsign-mock': 'documented' },
    body: { access: expect.any(String) },
  })
  const fresh = payloadOf((answered.body as { access: string }).access)
  expect({ ...fresh, jti: '' }).toEqual({ ...payloadOf(access), jti: '' })
  expect(fresh['jti']).not.toBe(payloadOf(access)['jti'])
})

test('a refresh token can be used many times until it expires', async () => {
  const zapsign = createZapSign({ now: 0 })
  const { refresh } = await zapsign.issueTokenPair()
  const statuses: number[] = []
  for (const pause of ['0s', '12h', '43199s', '1s'] as const) {
    zapsign.time.advance(pause)
    statuses.push((await post(zapsign, REFRESH, { refresh })).status)
  }
  expect(statuses).toEqual([200, 200, 200, 401])
})

test.each(['garbage', 'a.b.c'])('%j gets the documented 401', async (refresh) => {
  expect(await read(await post(createZapSign(), REFRESH, { refresh }))).toEqual({
    status: 401,
    headers: {
      ...HEADERS,
      'www-authenticate': 'Bearer realm="api"',
      'x-zapsign-mock': 'documented',
    },
    body: { detail: 'Token is invalid or expired', code: 'token_not_valid' },
  })
})

test('an access token has the wrong type', async () => {
  const zapsign = createZapSign()
  const { access } = await zapsign.issueTokenPair()
  expect(await read(await post(zapsign, REFRESH, { refresh: access }))).toEqual({
    status: 401,
    headers: { ...HEADERS, 'www-authenticate': 'Bearer realm="api"', 'x-zapsign-mock': 'inferred' },
    body: { detail: 'Token has wrong type', code: 'token_not_valid' },
  })
})

test.each([
  [{ token_type: 'refresh', exp: 9e9 }, 'Token has no id'],
  [{ token_type: 'refresh', jti: 'x' }, "Token has no 'exp' claim"],
  [{ exp: 9e9, jti: 'x' }, 'Token has no type'],
])('for a token with the claims %j the error names the missing claim', async (claims, detail) => {
  const refresh = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(DEFAULT_SIGNING_KEY))
  const { body } = await read(await post(createZapSign(), REFRESH, { refresh }))
  expect(body).toEqual({ detail, code: 'token_not_valid' })
})

test('the user is not looked up: an inactive one still refreshes', async () => {
  const zapsign = createZapSign()
  const { refresh } = await zapsign.issueTokenPair()
  zapsign.users.remove('dev@example.com.br')
  expect((await post(zapsign, REFRESH, { refresh })).status).toBe(200)
})

test.each([
  [{}, 'This field is required.'],
  [{ refresh: '' }, 'This field may not be blank.'],
  [{ refresh: null }, 'This field may not be null.'],
  [{ refresh: [] }, 'Not a valid string.'],
])('%j gets a 400', async (body, message) => {
  expect(await read(await post(createZapSign(), REFRESH, body))).toEqual({
    status: 400,
    headers: { ...HEADERS, 'x-zapsign-mock': 'inferred' },
    body: { refresh: [message] },
  })
})
