// @vitest-environment jsdom
import { createHmac } from 'node:crypto'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHandlers } from '../mocks/index.js'
import { createZapSign, DEFAULT_SIGNING_KEY } from '../src/index.js'
import { CREDENTIALS, DOCS, JSON_TYPE, OBTAIN, REFRESH } from './support.js'

const zapsign = createZapSign()
const server = setupServer(...createHandlers(zapsign, { pages: true }))
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })

test('in jsdom, whose classes are not those of Node, tokens are issued, refreshed and accepted', async () => {
  expect(new TextEncoder().encode('')).not.toBeInstanceOf(Uint8Array)
  const { refresh } = await (await post(OBTAIN, CREDENTIALS)).json()
  const { access } = await (await post(REFRESH, { refresh })).json()
  const page = await fetch(DOCS, { headers: { authorization: `Bearer ${access}` } })
  expect([page.status, await page.json()]).toEqual([
    200,
    { count: 0, next: null, previous: null, results: [] },
  ])
})

test('without Web Crypto every token is verified, those of other programs too', async () => {
  const { crypto } = globalThis
  Object.defineProperty(globalThis, 'crypto', {
    value: { getRandomValues: crypto.getRandomValues.bind(crypto) },
    configurable: true,
  })
  try {
    const own = createZapSign()
    const { access } = await own.issueTokenPair()
    const signed = `${btoa('{"alg":"HS256"}').replace(/=+$/, '')}.${access.split('.')[1]}`
    const signature = createHmac('sha256', DEFAULT_SIGNING_KEY).update(signed).digest('base64url')
    const answers = [access, `${access}x`, 'x.y.z', `${signed}.${signature}`].map((token) =>
      own.fetch(DOCS, { headers: { authorization: `Bearer ${token}` } }),
    )
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses).toEqual([200, 401, 401, 200])
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true })
  }
})
