import { CompactSign } from 'jose'
import { expect, test } from 'vitest'
import { createZapSign, DEFAULT_SIGNING_KEY } from '../../src/index.js'
import { call, DOCS, read } from '../support.js'

const sign = (claims: object) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(DEFAULT_SIGNING_KEY))

const CLAIMS = { token_type: 'access', exp: 9e9, jti: 'x', user_id: 1, company_id: 11111 }

const refused = (body: unknown) => ({
  status: 401,
  headers: {
    'content-type': 'application/json',
    'www-authenticate': 'Bearer realm="api"',
    allow: 'GET, POST, HEAD, OPTIONS',
    'x-zapsign-mock': 'inferred',
  },
  body,
})

const NOT_PROVIDED = { detail: 'Authentication credentials were not provided.' }
const MALFORMED = {
  detail: 'Authorization header must contain two space-delimited values',
  code: 'bad_authorization_header',
}
const notValid = (message: string) => ({
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
})

const { 'www-authenticate': _, ...WITHOUT_CHALLENGE } = refused({}).headers
const forbidden = (body: unknown, source = 'inferred') => ({
  status: 403,
  headers: { ...WITHOUT_CHALLENGE, 'x-zapsign-mock': source },
  body,
})

test.each([undefined, '', 'bearer x', 'Token x', 'Basic eDp5'])(
  'Authorization %j counts as no credentials: 403 without a challenge',
  async (authorization) => {
    expect(await read(await call(createZapSign(), authorization))).toEqual(forbidden(NOT_PROVIDED))
  },
)

const NOT_FOUND = {
  detail:
    'API token not found. More details here / Token da API não encontrado: https://docs.zapsign.com.br/english/authentication/autenticacao',
}

test.each([
  ['in the header', 'Bearer c7f35c84-7893', DOCS],
  ['in the query', undefined, `${DOCS}?api_token=c7f35c84-7893`],
])('an unknown static API token %s is refused with 403', async (_, authorization, url) => {
  expect(await read(await call(createZapSign(), authorization, url))).toEqual(
    forbidden(NOT_FOUND, 'observed'),
  )
})

test.each([
  ['Bearer', MALFORMED],
  ['Bearer x y', MALFORMED],
  ['Bearer x.y', notValid('Token is invalid or expired')],
  ['Bearer a.b.c', notValid('Token is invalid or expired')],
])('Authorization %j is refused with 401', async (authorization, body) => {
  expect(await read(await call(createZapSign(), authorization))).toEqual(refused(body))
})

test.each([
  [{ ...CLAIMS, token_type: 'refresh' }, notValid('Token has wrong type')],
  [{ ...CLAIMS, jti: undefined }, notValid('Token has no id')],
  [{ ...CLAIMS, exp: undefined }, notValid("Token has no 'exp' claim")],
  [
    { ...CLAIMS, user_id: undefined },
    { detail: 'Token contained no recognizable user identification', code: 'token_not_valid' },
  ],
  [
    { ...CLAIMS, user_id: 99 },
    { detail: 'User not found', code: 'user_not_found' },
  ],
])('a token with the claims %j is refused', async (claims, body) => {
  expect(await read(await call(createZapSign(), `Bearer ${await sign(claims)}`))).toEqual(
    refused(body),
  )
})

test('an inactive user is refused', async () => {
  const zapsign = createZapSign()
  const { access } = await zapsign.issueTokenPair()
  zapsign.users.update('dev@example.com.br', { active: false })
  expect(await read(await call(zapsign, `Bearer ${access}`))).toEqual(
    refused({ detail: 'User is inactive', code: 'user_inactive' }),
  )
})

test('an access token works for an hour by the provider’s clock', async () => {
  const zapsign = createZapSign({ now: 0 })
  const { access } = await zapsign.issueTokenPair()
  zapsign.time.advance('3599s')
  expect((await call(zapsign, `Bearer ${access}`)).status).toBe(200)
  zapsign.time.advance('1s')
  expect(await read(await call(zapsign, `Bearer ${access}`))).toEqual(
    refused(notValid('Token is invalid or expired')),
  )
})

test('the caller is checked before the method', async () => {
  const zapsign = createZapSign()
  const { access } = await zapsign.issueTokenPair()
  expect((await call(zapsign, undefined, DOCS, { method: 'PUT' })).status).toBe(403)
  expect((await call(zapsign, `Bearer ${access}`, DOCS, { method: 'PUT' })).status).toBe(405)
})

test('static API tokens are accepted in the header and in the query', async () => {
  const zapsign = createZapSign({ apiTokens: ['c7f35c84-7893', 'second'] })
  const statuses = [
    (await call(zapsign, 'Bearer second')).status,
    (await call(zapsign, undefined, `${DOCS}?api_token=c7f35c84-7893`)).status,
    (await call(zapsign, 'Bearer third')).status,
    (await call(zapsign, undefined, `${DOCS}?api_token=`)).status,
  ]
  expect(statuses).toEqual([200, 200, 403, 403])
})

test('with unauthorizedStatus: 403 a JWT is refused with the same body, without a challenge', async () => {
  const zapsign = createZapSign({ unauthorizedStatus: 403 })
  expect(await read(await call(zapsign, 'Bearer a.b.c'))).toEqual(
    forbidden(notValid('Token is invalid or expired')),
  )
})

test('unauthorizedStatus: 403 does not change the token endpoints', async () => {
  const zapsign = createZapSign({ unauthorizedStatus: 403 })
  const response = await zapsign.fetch('https://api.zapsign.com.br/api/v1/auth/token/1/', {
    method: 'POST',
    body: new URLSearchParams({ username: 'x', password: 'y' }),
  })
  expect(response.status).toBe(401)
})
