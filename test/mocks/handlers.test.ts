import https from 'node:https'
import axios from 'axios'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, expect, test, vi } from 'vitest'
import { createHandlers, type HandlersOptions } from '../../mocks/index.js'
import { createZapSign, type ZapSign } from '../../src/index.js'
import { CREDENTIALS, DOCS, JSON_TYPE, OBTAIN, REFRESH, read, TOO_MANY } from '../support.js'

const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }
const WRONG = { ...LOGIN, body: JSON.stringify({ ...CREDENTIALS, password: 'wrong' }) }

const closers: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const close of closers.splice(0)) close()
})

function intercept(
  zapsign: ZapSign = createZapSign({ warnings: false }),
  options?: HandlersOptions,
) {
  const server = setupServer(...createHandlers(zapsign, options))
  server.listen({ onUnhandledRequest: 'error' })
  closers.push(() => server.close())
  return { zapsign, server }
}

test.each([
  'https://api.zapsign.com.br',
  'https://sandbox.api.zapsign.com.br',
  'https://br.api.zapsign.com.br',
])('a login at %s gets the provider’s answer', async (host) => {
  intercept(createZapSign({ seed: 1, now: 0 }))
  const response = await fetch(`${host}/api/v1/auth/token/11111/`, LOGIN)
  expect(await read(response)).toEqual({
    status: 200,
    headers: {
      'content-type': 'application/json',
      allow: 'POST, OPTIONS',
      'x-zapsign-mock': 'documented',
    },
    body: await createZapSign({ seed: 1, now: 0 }).issueTokenPair(),
  })
})

test('wrong credentials, too many of them, and refreshing are answered too', async () => {
  const { zapsign } = intercept()
  const { refresh } = await zapsign.issueTokenPair()
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1) statuses.push((await fetch(OBTAIN, WRONG)).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 400])
  expect((await read(await fetch(OBTAIN, LOGIN))).body).toEqual(TOO_MANY)
  const refreshed = await fetch(REFRESH, { ...LOGIN, body: JSON.stringify({ refresh }) })
  expect(await refreshed.json()).toEqual({ access: expect.any(String) })
})

test.each<[string, string, number]>([
  ['GET', OBTAIN, 405],
  ['PUT', OBTAIN, 405],
  ['DELETE', REFRESH, 405],
  ['OPTIONS', OBTAIN, 200],
  ['PROPFIND', OBTAIN, 405],
  ['POST', `${OBTAIN}?x=1`, 400],
  ['POST', 'https://api.zapsign.com.br/api/v1/auth/token/', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/auth/token//', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/auth/token/%FF/', 400],
  ['POST', 'https://api.zapsign.com.br/api/v1/auth/token/a/b/', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/auth/token-verify/', 404],
  ['POST', 'http://api.zapsign.com.br/api/v1/auth/token/1/', 405],
  ['POST', 'https://api.zapsign.com.br//api/v1/auth/token/1/', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1//auth/token/1/', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/Auth/token/1/', 404],
  ['POST', 'https://api.zapsign.com.br/%61pi/v1/auth/token/1/', 400],
  ['POST', 'https://api.zapsign.com.br/v1/auth/token/1/', 404],
  ['POST', 'https://api.zapsign.com.br/auth/token/1', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/token/1/', 404],
  ['POST', 'https://api.zapsign.com.br/api/v1/token-refresh/', 404],
])(
  '%s %s is answered as the provider would, and does not reach the network',
  async (method, url, status) => {
    intercept()
    expect((await fetch(url, { method })).status).toBe(status)
  },
)

test('a path without its slash is redirected, and a client that follows gets the 405', async () => {
  const { zapsign } = intercept()
  const url = OBTAIN.slice(0, -1)
  const redirect = await fetch(url, { ...LOGIN, redirect: 'manual' })
  expect([redirect.status, redirect.headers.get('location')]).toEqual([
    301,
    '/api/v1/auth/token/11111/',
  ])
  // Not with fetch: msw's rejects any redirect of a request that has a body, which real ones follow.
  const followed = await axios.post(url, CREDENTIALS, { validateStatus: null })
  expect(followed.status).toBe(405)
  expect(zapsign.journal.entries.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 301',
    'POST 301',
    'GET 405',
  ])
})

test('other handlers answer the rest of ZapSign', async () => {
  const { server } = intercept()
  server.use(http.get(DOCS, () => HttpResponse.json('mine')))
  expect(await (await fetch(DOCS)).json()).toBe('mine')
})

test.each(['/api/auth/session', '/auth/login', '/files/auth/x.js', '/api/v1/token/'])(
  'at another base URL, %s is left to the user',
  async (address) => {
    const baseUrl = 'http://localhost:3999'
    const { server } = intercept(undefined, { baseUrl })
    server.use(http.get(`${baseUrl}${address}`, () => HttpResponse.json('mine')))
    server.resetHandlers(...createHandlers(createZapSign(), { baseUrl }), ...server.listHandlers())
    expect(await (await fetch(baseUrl + address)).json()).toBe('mine')
  },
)

test('a body that breaks off is a network error', async () => {
  intercept()
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('boom')) })
  const init: RequestInit & { duplex: 'half' } = { ...LOGIN, body, duplex: 'half' }
  await expect(fetch(OBTAIN, init)).rejects.toThrow(TypeError)
})

test('a handler of the user’s own answers what the mock does not model', async () => {
  const { server, zapsign } = intercept(undefined, { pages: true })
  server.resetHandlers(
    ...server.listHandlers(),
    http.post(DOCS, () => HttpResponse.json('created')),
    http.get(`${DOCS}:token/`, () => HttpResponse.json('mine')),
  )
  const { access } = await zapsign.issueTokenPair()
  const headers = { authorization: `Bearer ${access}` }
  expect(await (await fetch(DOCS, { method: 'POST' })).json()).toBe('created')
  expect(await (await fetch(`${DOCS}abc/`)).json()).toBe('mine')
  expect((await fetch(DOCS, { headers })).status).toBe(200)
})

test('a request that no handler answers is unhandled', async () => {
  intercept(undefined, { pages: true })
  await expect(fetch(DOCS, { method: 'POST' })).rejects.toThrow(/unhandled|onUnhandledRequest/i)
})

test.each([
  'https://api.zapsign.com.br:80/api/v1/auth/token/11111/',
  'https://api.zapsign.com.br./api/v1/auth/token/11111/',
  'https://sandbox.api.zapsign.com.br.:8443/api/v1/auth/token/11111/',
])('a documented host matches on any port and with a final dot: %s', async (url) => {
  intercept()
  expect((await fetch(url, LOGIN)).status).toBe(200)
})

test('listeners and handlers can still read the request', async () => {
  const { server } = intercept()
  const bodies: Promise<string>[] = []
  server.events.on('response:mocked', ({ request }) => {
    bodies.push(request.text())
  })
  expect((await fetch(OBTAIN, LOGIN)).status).toBe(200)
  await vi.waitFor(() => expect(bodies).toHaveLength(1))
  expect(await bodies[0]).toBe(LOGIN.body)
})

test('a handler that read the body without a clone is named, not shown as an outage', async () => {
  const { server, zapsign } = intercept()
  const spy = http.post(OBTAIN, async ({ request }) => void (await request.text()))
  server.resetHandlers(spy, ...server.listHandlers())
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const response = await fetch(OBTAIN, LOGIN)
  expect([response.status, await response.text()]).toEqual([
    500,
    expect.stringContaining('was read before zapsign-mock could answer: read request.clone()'),
  ])
  expect(zapsign.journal.count()).toBe(0)
  error.mockRestore()
})

test('with pages: true, protected endpoints are answered', async () => {
  const { zapsign } = intercept(undefined, { pages: true })
  const { access } = await zapsign.issueTokenPair()
  const headers = { authorization: `Bearer ${access}` }
  expect((await fetch(DOCS, { headers })).status).toBe(200)
  expect((await fetch(DOCS)).status).toBe(403)
  expect((await fetch(DOCS.slice(0, -1), { redirect: 'manual' })).status).toBe(301)
})

test.each<[string, HandlersOptions['baseUrl'], string]>([
  ['a URL', new URL('https://a.example.com/x/'), 'https://a.example.com/x'],
  ['another host', 'http://localhost:3999', 'http://localhost:3999'],
  ['a host with a final slash', 'http://localhost:3999/', 'http://localhost:3999'],
  ['a path', 'https://proxy.example.com/zapsign', 'https://proxy.example.com/zapsign'],
  ['several', ['https://a.example.com', 'https://b.example.com'], 'https://b.example.com'],
  [
    'characters that mean something in a pattern',
    'https://a.example.com/x(y)+',
    'https://a.example.com/x(y)+',
  ],
])('baseUrl can be %s', async (_, baseUrl, called) => {
  intercept(undefined, { baseUrl })
  expect((await fetch(`${called}/api/v1/auth/token/11111/`, LOGIN)).status).toBe(200)
  const redirect = await fetch(`${called}/api/v1/auth/token/11111`, {
    ...LOGIN,
    redirect: 'manual',
  })
  expect(new URL(redirect.headers.get('location') ?? '', called).href).toBe(
    `${called}/api/v1/auth/token/11111/`,
  )
})

test('without a provider, createHandlers creates one', async () => {
  const server = setupServer(...createHandlers())
  server.listen({ onUnhandledRequest: 'error' })
  closers.push(() => server.close())
  expect((await fetch(OBTAIN, LOGIN)).status).toBe(200)
})

test('connectionReset is a network error', async () => {
  const { zapsign } = intercept()
  zapsign.outcomes.next('connectionReset', { times: 2 })
  await expect(fetch(OBTAIN, LOGIN)).rejects.toThrow(TypeError)
  const failed = new Promise((_, reject) => https.get(OBTAIN).on('error', reject))
  await expect(failed).rejects.toThrow(expect.objectContaining({ message: 'Network error' }))
})

test('with timeout, the client’s own time limit ends the request', async () => {
  const { zapsign } = intercept()
  zapsign.outcomes.next('timeout')
  await expect(fetch(OBTAIN, { ...LOGIN, signal: AbortSignal.timeout(20) })).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  )
})

test('clearing outcomes ends the wait of a timeout', async () => {
  const { zapsign } = intercept()
  zapsign.outcomes.next('timeout')
  const waiting = fetch(OBTAIN, LOGIN)
  await vi.waitFor(() => expect(zapsign.journal.count('timeout')).toBe(1))
  zapsign.outcomes.clear()
  await expect(waiting).rejects.toThrow(TypeError)
})

test('malformedBody is a 200 that does not parse', async () => {
  const { zapsign } = intercept()
  zapsign.outcomes.next('malformedBody')
  const response = await fetch(OBTAIN, LOGIN)
  expect(response.status).toBe(200)
  await expect(response.json()).rejects.toThrow(SyntaxError)
})

test('a test runner’s fake timers neither hang a request nor split the clocks', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  const { zapsign } = intercept(undefined, { pages: true })
  const { access } = await (await fetch(OBTAIN, LOGIN)).json()
  const page = () => fetch(DOCS, { headers: { authorization: `Bearer ${access}` } })
  expect((await page()).status).toBe(200)
  vi.setSystemTime(new Date('2026-01-01T00:59:59Z'))
  expect((await page()).status).toBe(200)
  vi.advanceTimersByTime(1000)
  expect((await page()).status).toBe(401)
  expect(zapsign.time.now()).toEqual(new Date('2026-01-01T01:00:00Z'))
})

test('latency is real time, fake timers or not', async () => {
  vi.useFakeTimers()
  intercept(undefined, { latency: '5ms' })
  expect((await fetch(OBTAIN, LOGIN)).status).toBe(200)
})

test('time that is advanced expires tokens and lifts the login limit', async () => {
  const { zapsign } = intercept(undefined, { pages: true })
  const { access, refresh } = await (await fetch(OBTAIN, LOGIN)).json()
  for (let index = 0; index < 5; index += 1) await fetch(OBTAIN, WRONG)
  const headers = { authorization: `Bearer ${access}` }
  const body = JSON.stringify({ refresh })
  const statuses = async () => [
    (await fetch(DOCS, { headers })).status,
    (await fetch(REFRESH, { ...LOGIN, body })).status,
    (await fetch(OBTAIN, LOGIN)).status,
  ]
  expect(await statuses()).toEqual([200, 200, 400])
  zapsign.time.advance('61m')
  expect(await statuses()).toEqual([401, 200, 200])
  zapsign.time.advance('23h')
  expect(await statuses()).toEqual([401, 401, 200])
})

test('two providers in one process share no state', async () => {
  const one = createZapSign({ loginLimit: { attempts: 1 } })
  const other = createZapSign()
  const server = setupServer(
    ...createHandlers(one, { baseUrl: 'https://one.example.com' }),
    ...createHandlers(other, { baseUrl: 'https://other.example.com' }),
  )
  server.listen({ onUnhandledRequest: 'error' })
  closers.push(() => server.close())
  const path = '/api/v1/auth/token/1/'
  await fetch(`https://one.example.com${path}`, WRONG)
  one.time.advance('30s')
  expect((await fetch(`https://one.example.com${path}`, LOGIN)).status).toBe(400)
  expect((await fetch(`https://other.example.com${path}`, LOGIN)).status).toBe(200)
  expect([one.journal.count(), other.journal.count()]).toEqual([2, 1])
})

test.each<[string, () => unknown, string | RegExp]>([
  [
    'options instead of a provider',
    () => createHandlers({ users: [] } as never),
    /^createHandlers takes what createZapSign\(\) of zapsign-mock .* returns, got an object: pass createZapSign\(options\), not the options$/,
  ],
  [
    'another version’s provider',
    () => createHandlers({ [Symbol.for('zapsign-mock')]: '0.0.9' } as never),
    /got one from version 0\.0\.9$/,
  ],
  [
    'a path',
    () => createHandlers(createZapSign(), { baseUrl: '/api' }),
    'baseUrl must be an http(s) URL without query or fragment that ends before /api/v1, such as "https://api.zapsign.com.br", or a list of such URLs, got "/api"',
  ],
  ['a socket', () => createHandlers(createZapSign(), { baseUrl: 'ws://x' }), 'got "ws://x"'],
  [
    'a query',
    () => createHandlers(createZapSign(), { baseUrl: 'http://x/?a' }),
    'got "http://x/?a"',
  ],
  ...['http://user:hidden@x', 'http://user:h@idden@x', 'ftp://u:hid/den@x', 'u:hidden@x'].map(
    (baseUrl): [string, () => unknown, RegExp] => [
      'credentials',
      () => createHandlers(createZapSign(), { baseUrl }),
      /^baseUrl must be an http(?!.*idden).* and without credentials$/,
    ],
  ),
  ...[
    'http://x/?',
    'http://x/#',
    'http://x//',
    'https://x/api/v1/auth',
    'https://x/API/V1',
    'https://*.zapsign.com.br',
  ].map((baseUrl): [string, () => unknown, string] => [
    baseUrl,
    () => createHandlers(createZapSign(), { baseUrl }),
    `got "${baseUrl}"`,
  ]),
  [
    'a misspelt option',
    () => createHandlers(createZapSign(), { baseURL: 'http://x' } as never),
    'baseURL is not known: options must be an object with the keys baseUrl, pages, latency',
  ],
  ['a bare URL', () => createHandlers(createZapSign(), 'http://x' as never), 'got a string'],
  ['no options', () => createHandlers(createZapSign(), null as never), 'options must be'],
  [
    'a word for pages',
    () => createHandlers(createZapSign(), { pages: 'no' as never }),
    'pages must be true or false, got "no"',
  ],
  ['a number', () => createHandlers(createZapSign(), { baseUrl: 5 as never }), 'got 5'],
  ['nothing', () => createHandlers(createZapSign(), { baseUrl: [] }), 'got an empty list'],
  [
    'the API’s path',
    () => createHandlers(createZapSign(), { baseUrl: 'https://x/api/v1' }),
    'got "https://x/api/v1"',
  ],
  [
    'a latency',
    () => createHandlers(createZapSign(), { latency: 'long' as never }),
    /^latency must be a duration/,
  ],
])('a base URL or provider that is %s is refused', (_, make, message) => {
  expect(make).toThrow(message)
})
