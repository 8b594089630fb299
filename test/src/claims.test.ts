import { expect, test } from 'vitest'
import { claimsFor, type ExtraClaims } from '../../src/claims.js'
import { createZapSign } from '../../src/index.js'
import { DEMO_USER } from '../../src/state/users.js'
import { signIn } from '../support.js'

const SUBJECT = {
  tokenType: 'access' as const,
  user: { ...DEMO_USER, id: 7 },
  organizationId: '11111',
  issuedAt: new Date(0),
}
const TOKEN = { expiresAt: 3600, id: 'abc' }
const claim = (extra?: ExtraClaims) => claimsFor(SUBJECT, TOKEN, extra)

test('the claims are the documented ones in the documented order', () => {
  expect(JSON.stringify(claim())).toBe(
    '{"token_type":"access","exp":3600,"jti":"abc","user_id":7,"company_id":11111,"type":"public"}',
  )
})

test.each([
  ['11111', 11111],
  ['007', 7],
  ['acme', 'acme'],
  ['1e3', '1e3'],
  ['-1', '-1'],
  ['99999999999999999999', '99999999999999999999'],
])('the organization %j is claimed as %j', (organizationId, companyId) => {
  expect(claimsFor({ ...SUBJECT, organizationId }, TOKEN)['company_id']).toBe(companyId)
})

test('extra claims come last', () => {
  expect(Object.entries(claim({ iat: 5, name: 'x' })).slice(-2)).toEqual([
    ['iat', 5],
    ['name', 'x'],
  ])
})

test('extra claims can be made for each token', () => {
  const extra: ExtraClaims = ({ issuedAt, tokenType, user }) => ({
    iat: issuedAt.getTime() / 1000,
    note: `${tokenType} ${user.username}`,
  })
  expect(claim(extra)).toMatchObject({ iat: 0, note: 'access dev@example.com.br' })
})

test('a documented claim is not replaced', () => {
  expect(() => claim(() => ({ exp: 1 }))).toThrow(
    new RangeError('claims() may add claims, but not replace exp'),
  )
})

test('claims that contain themselves, or are nested too deeply, are refused when the provider is created', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = [cyclic]
  let deep: unknown = 'end'
  for (let level = 0; level < 100_000; level += 1) deep = { deep }
  const wide = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`c${index}`, 1]))
  for (const claims of [cyclic, { deep }, wide]) {
    const message = 'claims must be an object with at most 100 levels and 10000 values'
    expect(() => createZapSign({ claims })).toThrow(new RangeError(message))
  }
  const shared = { a: [1] }
  expect(() => createZapSign({ claims: { one: shared, other: shared } })).not.toThrow()
})

test('a function that returns such claims gets an answer that says so', async () => {
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const response = await signIn(createZapSign({ claims: () => cyclic }))
  expect([response.status, await response.text()]).toEqual([
    500,
    'zapsign-mock failed: claims() must return at most 100 levels and 10000 values\n',
  ])
})
