import { afterEach, expect, test, vi } from 'vitest'
import { createZapSign, type ZapSign } from '../../src/index.js'
import { CREDENTIALS, call, OBTAIN, post, REFRESH, signIn, USERS } from '../support.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const SAMPLE =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

type Row = [string, (zapsign: ZapSign) => Promise<unknown>, string]

test.each<Row>([
  [
    'a path without its slash',
    (it) => post(it, OBTAIN.slice(0, -1), CREDENTIALS, { redirect: 'manual' }),
    'The path lacks the final slash. A client that follows this redirect turns POST into GET.',
  ],
  [
    'GET',
    (it) => it.fetch(OBTAIN),
    'GET was sent where POST is needed. A redirect from a path without the final slash causes this too.',
  ],
  [
    'a form',
    (it) => it.fetch(OBTAIN, form(CREDENTIALS)),
    'The body was sent as application/x-www-form-urlencoded. ZapSign documents JSON; only its frameworks accept forms.',
  ],
  [
    'a multipart form',
    (it) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(CREDENTIALS)) body.set(name, value)
      return it.fetch(OBTAIN, { method: 'POST', body })
    },
    'The body was sent as multipart/form-data. ZapSign documents JSON; only its frameworks accept forms.',
  ],
  ...['', '/'].map(
    (slash): Row => [
      `no organization id in the path${slash}`,
      (it) => post(it, `https://api.zapsign.com.br/api/v1/auth/token${slash}`, CREDENTIALS),
      'The path lacks the organization id: /api/v1/auth/token/{organization_id}/.',
    ],
  ),
  [
    'the company in the body',
    (it) => post(it, OBTAIN, { ...CREDENTIALS, company_id: 11111 }),
    'The organization id was sent in the body. It belongs in the path: /api/v1/auth/token/{organization_id}/.',
  ],
  [
    'JSON without its type',
    (it) => it.fetch(OBTAIN, { method: 'POST', body: '{}' }),
    'The body was sent as text/plain. ZapSign documents Content-Type: application/json.',
  ],
  [
    'a body without a type',
    (it) => it.fetch(OBTAIN, { method: 'POST', body: new Uint8Array(1) }),
    'The body was sent without a Content-Type. ZapSign documents Content-Type: application/json.',
  ],
  [
    'the organization in the body',
    (it) => post(it, OBTAIN, { ...CREDENTIALS, organization_id: 11111 }),
    'The organization id was sent in the body. It belongs in the path: /api/v1/auth/token/{organization_id}/.',
  ],
  [
    'email for username',
    (it) => post(it, OBTAIN, { email: 'x', password: 'y' }),
    'The field is called username, not email.',
  ],
  [
    'pass for password',
    (it) => post(it, OBTAIN, { username: 'x', pass: 'y' }),
    'The field is called password, not pass.',
  ],
  [
    'refresh_token for refresh',
    (it) => post(it, REFRESH, { refresh_token: 'x' }),
    'The field is called refresh, not refresh_token.',
  ],
  [
    'swapped credentials',
    (it) => signIn(it, { username: CREDENTIALS.password, password: CREDENTIALS.username }),
    'The user name and the password are swapped.',
  ],
  [
    'the scheme Token',
    (it) => call(it, 'Token x'),
    'The Authorization header has the scheme Token. ZapSign accepts only Bearer.',
  ],
  [
    'the scheme token',
    (it) => call(it, 'token x'),
    'The Authorization header has the scheme token. ZapSign accepts only Bearer.',
  ],
  [
    'the scheme bearer',
    (it) => call(it, 'bearer x'),
    'The Authorization header has the scheme bearer. ZapSign accepts only Bearer.',
  ],
  [
    'a token alone',
    async (it) => call(it, (await it.issueTokenPair()).access),
    'The Authorization header lacks Bearer before the token.',
  ],
  [
    'a refresh token',
    async (it) => call(it, `Bearer ${(await it.issueTokenPair()).refresh}`),
    'A refresh token was sent where the access token belongs.',
  ],
  [
    'an access token',
    async (it) => post(it, REFRESH, { refresh: (await it.issueTokenPair()).access }),
    'An access token was sent where the refresh token belongs.',
  ],
  [
    'the sample as a token',
    (it) => call(it, `Bearer ${SAMPLE}`),
    "The token is the sample of the documentation (jwt.io's John Doe). ZapSign never issued it.",
  ],
  [
    'a refresh at the path of the organization "refresh"',
    (it) => post(it, `${OBTAIN.replace('11111', 'refresh')}`, { refresh: 'x' }),
    'ZapSign reads the last segment of this path as an organization id. The refresh endpoint is /api/v1/auth/token-refresh/.',
  ],
  [
    'an unknown static token',
    (it) => call(it, 'Bearer c7f35c84-7893'),
    'This looks like a static API token, but the mock does not know it. Add it with the option apiTokens (--api-token), or send the access token of a login.',
  ],
  [
    'an unknown static token in the query',
    (it) => call(it, undefined, `${USERS}?api_token=c7f35c84-7893`),
    'This looks like a static API token, but the mock does not know it. Add it with the option apiTokens (--api-token), or send the access token of a login.',
  ],
  [
    'a static token without a scheme',
    (it) => call(it, 'c7f35c84-7893'),
    'The Authorization header lacks Bearer before the token.',
  ],
  [
    'the scheme Api-Key',
    (it) => call(it, 'Api-Key x'),
    'The Authorization header has the scheme Api-Key. ZapSign accepts only Bearer.',
  ],
  [
    '/documents/',
    (it) => it.fetch('https://api.zapsign.com.br/api/v1/documents/'),
    'ZapSign calls this path /api/v1/docs/.',
  ],
  [
    '/users/me',
    (it) => call(it, undefined, `${USERS}me/`),
    'ZapSign documents no endpoint for the current user. GET /api/v1/users/ lists the users of the organization.',
  ],
  [
    'an endpoint that is not modelled',
    async (it) => {
      const { access } = await it.issueTokenPair()
      return call(it, `Bearer ${access}`, 'https://api.zapsign.com.br/api/v1/templates/')
    },
    'ZapSign documents this endpoint, and zapsign-mock does not model it. Answer it with your own MSW handler or Express route (requireBearer() guards it), or with a route of the command (--routes, or routes in the configuration file).',
  ],
  [
    'the sample to refresh',
    (it) => post(it, REFRESH, { refresh: SAMPLE }),
    "The token is the sample of the documentation (jwt.io's John Doe). ZapSign never issued it.",
  ],
])('%s gets a hint', async (_, send, sentence) => {
  const zapsign = createZapSign({ warnings: false })
  await send(zapsign)
  expect(zapsign.journal.entries.at(-1)?.hint).toBe(sentence)
})

test('a correct request gets no hint, and neither does one with many mistakes', async () => {
  const zapsign = createZapSign()
  const { access, refresh } = await zapsign.issueTokenPair()
  await signIn(zapsign)
  await signIn(zapsign, { password: 'wrong' })
  await post(zapsign, REFRESH, { refresh })
  await call(zapsign, `Bearer ${access}`)
  await call(zapsign, 'Bearer x.y.z')
  await call(zapsign)
  await zapsign.fetch('https://api.zapsign.com.br/elsewhere')
  await zapsign.fetch(USERS, { method: 'DELETE' })
  expect(zapsign.journal.entries.map(({ hint }) => hint)).toEqual(Array(8).fill(undefined))
})

test('a granted request gets no hint, and neither does an unused header', async () => {
  const zapsign = createZapSign({ claims: { name: 'John Doe' } })
  const { access, refresh } = await zapsign.issueTokenPair()
  await call(zapsign, `Bearer ${access}`)
  await post(zapsign, REFRESH, { refresh })
  await post(zapsign, REFRESH, { refresh, organization: 1 })
  await post(zapsign, OBTAIN, { ...CREDENTIALS, company: 'x' })
  await post(zapsign, OBTAIN, CREDENTIALS, { headers: { authorization: `Bearer ${SAMPLE}` } })
  expect(zapsign.journal.entries.map(({ hint }) => hint)).toEqual(Array(5).fill(undefined))
})

test('a user whose name is somebody’s password signs in like any other', async () => {
  const zapsign = createZapSign({
    users: [
      { username: 'admin', password: 'admin' },
      { username: 'ana', password: 'bia' },
      { username: 'bia', password: 'ana' },
    ],
  })
  for (const { username, password } of zapsign.users) await signIn(zapsign, { username, password })
  expect(
    zapsign.journal.entries.map(({ username, hint, status }) => [status, username, hint]),
  ).toEqual([
    [200, 'admin', undefined],
    [200, 'ana', undefined],
    [200, 'bia', undefined],
  ])
})

test('guarded handlers give hints too', async () => {
  const zapsign = createZapSign({ warnings: false })
  const request = new Request('https://api.zapsign.com.br/mine', {
    headers: { authorization: 'Token x' },
  })
  await zapsign.guard(request, () => new Response())
  expect(zapsign.journal.entries[0]?.hint).toMatch(/scheme Token/)
})

test('each kind of hint is printed once on the console', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const zapsign = createZapSign()
  await zapsign.fetch(OBTAIN)
  await zapsign.fetch(OBTAIN)
  await call(zapsign, 'Token x')
  await call(zapsign, 'JWT x')
  for (let index = 0; index < 10; index += 1) {
    const headers = { 'content-type': `text/x${index}${'y'.repeat(5000)}` }
    await zapsign.fetch(OBTAIN, { method: 'POST', headers, body: 'x' })
  }
  expect(Math.max(...zapsign.journal.entries.map(({ hint = '' }) => hint.length))).toBeLessThan(200)
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^zapsign-mock: GET was sent .*warnings: false/)],
    [expect.stringMatching(/^zapsign-mock: The Authorization header has the scheme Token/)],
    [expect.stringMatching(/^zapsign-mock: The body was sent as text\/x0y+… \(5007 characters\)/)],
  ])
})

test('with warnings: false nothing is printed on the console', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await createZapSign({ warnings: false }).fetch(OBTAIN)
  expect(warn).not.toHaveBeenCalled()
})
