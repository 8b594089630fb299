import { CompactSign, decodeJwt, jwtVerify, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { createTokenIds } from '../../src/state/token-ids.js'
import { DEMO_USER } from '../../src/state/users.js'
import { createTokens } from '../../src/tokens.js'
import { createJoseSigner } from '../jose-signer.js'
import { headerOf, payloadOf } from '../support.js'

const KEY = 'a key for this test'
const SECRET = new TextEncoder().encode(KEY)
const NOW = 1_700_000_000_500
const SECONDS = 1_700_000_000
const SETTINGS = { accessLifetime: 3_600_000, refreshLifetime: 86_400_000 }

function create(settings: Partial<Parameters<typeof createTokens>[0]> = {}) {
  const ids = createTokenIds(1)
  const newIds = (count: number) => Array.from({ length: count }, () => ids.next())
  const signer = createJoseSigner(KEY)
  return { tokens: createTokens({ ...SETTINGS, ...settings }, { signer, newIds }) }
}

const sign = (claims: object, alg = 'HS256', key = SECRET) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg })
    .sign(key)

const VALID = { token_type: 'access', exp: SECONDS + 10, jti: 'x', user_id: 1 }

test('a pair has the documented header bytes and claims, and lives for an hour and a day', async () => {
  const { access, refresh } = await create().tokens.issuePair({
    user: DEMO_USER,
    organizationId: '11111',
    now: NOW,
  })
  expect([access, refresh].map(headerOf)).toEqual(Array(2).fill('{"typ":"JWT","alg":"HS256"}'))
  const jti = expect.stringMatching(/^[0-9a-f]{32}$/)
  const common = { jti, user_id: 1, company_id: 11111, type: 'public' }
  expect(payloadOf(access)).toEqual({ token_type: 'access', exp: SECONDS + 3600, ...common })
  expect(payloadOf(refresh)).toEqual({ token_type: 'refresh', exp: SECONDS + 86_400, ...common })
  expect(payloadOf(access)['jti']).not.toBe(payloadOf(refresh)['jti'])
})

test('other programs can verify the tokens with the key', async () => {
  const { access } = await create().tokens.issuePair({
    user: DEMO_USER,
    organizationId: '11111',
    now: NOW,
  })
  const { payload } = await jwtVerify(access, SECRET, { currentDate: new Date(NOW) })
  expect(payload).toEqual(payloadOf(access))
})

test('the same seed and time give the same bytes', async () => {
  const pairs = [create(), create()].map(({ tokens }) =>
    tokens.issuePair({ user: DEMO_USER, organizationId: '11111', now: NOW }),
  )
  const [first, second] = await Promise.all(pairs)
  expect(first).toEqual(second)
})

test('a token is accepted until the last millisecond before its exp', async () => {
  const { tokens } = create()
  const { access } = await tokens.issuePair({ user: DEMO_USER, organizationId: '11111', now: NOW })
  const expiry = (SECONDS + 3600) * 1000
  expect(await tokens.read(access, 'access', expiry - 1)).toEqual({ claims: payloadOf(access) })
  expect(await tokens.read(access, 'access', expiry)).toEqual({
    fault: 'Token is invalid or expired',
  })
})

test.each<[string, () => Promise<string> | string]>([
  ['garbage', () => 'garbage'],
  ['no text', () => ''],
  ['a text of three parts', () => 'a.b.c'],
  ['another key', () => sign(VALID, 'HS256', new TextEncoder().encode('another key'))],
  ['another algorithm', () => sign(VALID, 'HS512', new TextEncoder().encode(KEY.repeat(4)))],
  [
    'no algorithm',
    () =>
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(VALID)).toString('base64url')}.`,
  ],
  [
    'a changed payload',
    async () => {
      const [header, , signature] = (await sign(VALID)).split('.')
      const payload = Buffer.from(JSON.stringify({ ...VALID, user_id: 2 })).toString('base64url')
      return [header, payload, signature].join('.')
    },
  ],
  ['a payload that is not an object', () => sign(['x'])],
  ['an exp that is past', () => sign({ ...VALID, exp: SECONDS })],
  ['an exp that is not a number', () => sign({ ...VALID, exp: 'soon' })],
  ['an nbf to come', () => sign({ ...VALID, nbf: SECONDS + 5 })],
  ['an iat to come', () => sign({ ...VALID, iat: SECONDS + 5 })],
  [
    'a crit header that nobody knows',
    () =>
      new SignJWT(VALID)
        .setProtectedHeader({ alg: 'HS256', crit: ['x'], x: 1 })
        .sign(SECRET, { crit: { x: true } }),
  ],
])('a token with %s is invalid or expired', async (_, make) => {
  expect(await create().tokens.read(await make(), 'access', NOW)).toEqual({
    fault: 'Token is invalid or expired',
  })
})

test.each([
  [{ ...VALID, exp: undefined }, "Token has no 'exp' claim"],
  [{ ...VALID, jti: undefined }, 'Token has no id'],
  [{ ...VALID, token_type: undefined }, 'Token has no type'],
  [{ ...VALID, token_type: 'refresh' }, 'Token has wrong type'],
  [{}, "Token has no 'exp' claim"],
])('for the claims %j the error is %j', async (claims, fault) => {
  expect(await create().tokens.read(await sign(claims), 'access', NOW)).toEqual({ fault })
})

test('a new access token copies all claims but type, expiry and id', async () => {
  const { tokens } = create()
  const refresh = {
    token_type: 'refresh',
    exp: 1,
    iat: 1,
    jti: 'x',
    user_id: 5,
    company_id: 'acme',
    extra: [1],
  }
  expect(decodeJwt(await tokens.issueAccess(refresh, NOW))).toEqual({
    token_type: 'access',
    exp: SECONDS + 3600,
    jti: expect.stringMatching(/^[0-9a-f]{32}$/),
    iat: 1,
    user_id: 5,
    company_id: 'acme',
    extra: [1],
  })
})

test('lifetimes are as configured', async () => {
  const { access, refresh } = await create({
    accessLifetime: 1500,
    refreshLifetime: 2000,
  }).tokens.issuePair({ user: DEMO_USER, organizationId: '1', now: NOW })
  expect([access, refresh].map((token) => payloadOf(token)['exp'])).toEqual([
    SECONDS + 2,
    SECONDS + 2,
  ])
})
