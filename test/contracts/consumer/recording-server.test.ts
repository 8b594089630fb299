import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { judge } from '../../../contracts/consumer/judge.js'
import type { Recording } from '../../../contracts/consumer/record.js'
import { withRecordingServer } from '../../../contracts/consumer/recording-server.js'
import {
  LITERALS,
  OBTAIN_PROMISES,
  PROMISE_NAMES,
  type PromiseName,
  promises,
} from '../../../contracts/promises.js'

const OBTAIN = ['authenticated'] as const

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends one request to a recording server, and returns the status and what was recorded. */
async function sendToServer(
  name: PromiseName,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
) {
  return withRecordingServer({ promises: [name], asked: [name] }, async ({ url, requests }) => {
    const { method = 'POST', path = promises[name].request.path, headers = JSON_TYPE } = options
    const status = await new Promise((resolve, reject) => {
      request(url, { method, path, headers }, (reply) => {
        reply.resume().once('end', () => resolve(reply.statusCode))
      })
        .once('error', reject)
        .end(options.body)
    })
    return { status, matched: requests().map(({ reply }) => reply !== undefined) }
  })
}

const LOGIN = JSON.stringify(promises.authenticated.request.body)

test.each<[string, Record<string, string>]>([
  [
    'an offer of HTTP/2, as Java makes it',
    { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAEAAEAAAAIAAAAA' },
  ],
  ['another case in the type', { 'content-type': 'Application/JSON' }],
  ['a charset after a space', { 'content-type': 'application/json ; charset=utf-8' }],
  ['a token that is not needed', { authorization: `Bearer ${LITERALS.expiredAccessToken}` }],
  ['compression that it would take', { 'accept-encoding': 'gzip, br' }],
  ['a name that is not ASCII', { 'user-agent': 'Integra\u00e7\u00e3o/1.0' }],
  ['an invalid charset', { 'content-type': 'application/json; charset=\u00e9' }],
  ['a wish for JSON in a version', { accept: 'text/html, Application/JSON; version=1;q=0.5' }],
  ['a wish for whatever it is', { accept: 'text/html;q=0.9,*/*;q=0.1' }],
  ['a wish for any application', { accept: 'application/*' }],
  ['a tab in the type', { 'content-type': 'application/json\t;\tcharset=utf-8' }],
  ['a cookie and a condition', { cookie: 'a="b"; c', 'if-none-match': '*', range: 'bytes=0-' }],
  ['more headers than Pact would take', { 'x-long': 'a'.repeat(9000), 'x-empty': '' }],
])('a client with %s is right', async (_, headers) => {
  const sent = { headers: { ...JSON_TYPE, ...headers }, body: LOGIN }
  expect(await sendToServer('authenticated', sent)).toEqual({ status: 200, matched: [true] })
})

test.each<[string, Parameters<typeof sendToServer>[1]]>([
  ['the method TRACE', { method: 'TRACE' }],
  [
    'a path that leads to the right one',
    { path: '/api/v1/auth/../auth/token/11111/', body: LOGIN },
  ],
  [
    'a query',
    { path: '/api/v1/auth/token/11111/?', headers: { 'content-type': 'text/plain' }, body: LOGIN },
  ],
  ['a body twice', { body: LOGIN + LOGIN }],
])('a request with %s is recorded and refused', async (_, sent) => {
  expect(await sendToServer('authenticated', sent)).toEqual({ status: 500, matched: [false] })
})

/** Writes bytes to a recording server, and waits until it replies or closes the connection. */
async function write(bytes: string, thenEnd = false) {
  const options = { promises: OBTAIN, asked: OBTAIN }
  return withRecordingServer(options, async ({ url, requests, refused }) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(bytes, 'latin1')
    await new Promise((done) => socket.once('data', done).once('close', done))
    if (thenEnd) {
      const closed = new Promise((done) => socket.once('close', done))
      socket.end()
      await closed
    }
    socket.destroy()
    const { promises: results, unexpected } = judge(requests(), refused)
    return { broken: results.filter(({ result }) => result === 'broken'), unexpected }
  })
}

const HEAD = 'POST /api/v1/auth/token/11111/ HTTP/1.1\r\ncontent-type: application/json\r\n'

test.each([
  ['does not end', false],
  ['breaks off', true],
])(
  'a request whose body %s is recorded, and its promise is found from the part that came',
  async (_, thenEnd) => {
    const body = JSON.stringify(promises.invalidCredentials.request.body)
    const length = `content-length: ${body.length + 5}\r\nexpect: 100-continue\r\n`
    expect(await write(`${HEAD}host: x\r\n${length}\r\n${body}`, thenEnd)).toEqual({
      broken: [
        {
          name: 'invalidCredentials',
          result: 'broken',
          requests: 1,
          mismatch: 'body: expected all of it, got a part',
          nearMiss: 'The body ended too early: its Content-Length may be too large.',
        },
      ],
      unexpected: [],
    })
  },
)

test('a path with percent-encoded letters, digits and -._~ is the same path', async () => {
  const path = '/api/v1/%61uth/token/%31%31111/'
  expect(await sendToServer('authenticated', { path, body: LOGIN })).toEqual({
    status: 200,
    matched: [true],
  })
})

const TOKEN_PATH = '/api/v1/auth/token/11111/'

test.each<[string, string, string, string, string]>([
  [
    'a request without a host',
    `${HEAD}content-length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
    'POST',
    TOKEN_PATH,
    'No Host header was sent.',
  ],
  [
    'a request with two hosts',
    `${HEAD}host: x\r\nHost: y\r\ncontent-length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
    'POST',
    TOKEN_PATH,
    '2 Host headers were sent.',
  ],
  [
    'an expectation that HTTP does not know',
    `${HEAD}host: x\r\nexpect: banana\r\ncontent-length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
    'POST',
    TOKEN_PATH,
    'It was sent with Expect: banana, and HTTP knows only 100-continue.',
  ],
  [
    'headers that are too long',
    `${HEAD}host: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
    'POST',
    TOKEN_PATH,
    'Its headers are too long.',
  ],
  [
    'a header of two lines',
    `GET /a/?b=${LITERALS.accessToken} HTTP/1.1\r\nhost: x\r\nx: 1\x00\r\n\r\n`,
    'GET',
    '/a/',
    'It is not valid HTTP (Invalid header value char).',
  ],
  [
    'TLS',
    '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00',
    'not HTTP',
    '',
    'It is TLS, and the base URL begins with http:.',
  ],
  [
    'a request meant for a proxy',
    'CONNECT api.zapsign.com.br:443 HTTP/1.1\r\nhost: api.zapsign.com.br:443\r\n\r\n',
    'CONNECT',
    'api.zapsign.com.br:443',
    'It was sent as if to a proxy.',
  ],
])('%s is reported, though it is not a request', async (_, bytes, method, path, nearMiss) => {
  expect(await write(bytes)).toEqual({
    broken: [],
    unexpected: [{ method, path, nearMiss, requests: 1 }],
  })
})

test('a connection on which nothing is sent is not reported', async () => {
  const options = { promises: OBTAIN, asked: OBTAIN }
  const refused = await withRecordingServer(options, async ({ url, refused, requests }) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await new Promise((done) => socket.once('connect', done))
    await new Promise((done) => socket.once('close', done).end())
    return [...refused, ...requests()]
  })
  expect(refused).toEqual([])
})

/** Starts a recording server with all promises. Those about logins are asked for. */
const withServer = <T>(run: (recording: Recording) => Promise<T>) =>
  withRecordingServer({ promises: PROMISE_NAMES, asked: OBTAIN_PROMISES }, run)

test('a client that closes its half of the connection after its request gets a reply', async () => {
  const reply = await withServer(async ({ url }) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end(`${HEAD}host: x\r\ncontent-length: ${LOGIN.length}\r\n\r\n${LOGIN}`)
    let text = ''
    for await (const chunk of socket.setEncoding('utf8')) text += chunk
    return text
  })
  expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(reply).toContain('"access":"')
})

test('a body of more than 5 MB is not kept in memory, and reported', async () => {
  const size = 200_000_000
  const before = process.memoryUsage().rss
  const { status, results } = await withServer(async ({ url, requests, refused }) => {
    const outgoing = request(`${url}${TOKEN_PATH}`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'content-length': size },
    })
    const chunk = Buffer.alloc(1_000_000, ' ')
    const body = Readable.from(Array.from({ length: size / chunk.length }, () => chunk))
    const [reply] = await Promise.all([once(outgoing, 'response'), pipeline(body, outgoing)])
    return { status: reply[0].statusCode, results: judge(requests(), refused).promises }
  })
  expect(status).toBe(413)
  expect(results.find(({ result }) => result === 'broken')).toEqual({
    name: 'authenticated',
    result: 'broken',
    requests: 1,
    mismatch: 'body: expected at most 5 MB, got more',
    nearMiss: 'The body is larger than 5 MB, and was not read.',
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
})

test('a request line of 64 kB that is not HTTP is read quickly', async () => {
  const line = `GET /${'a'.repeat(64_000)}`
  const started = performance.now()
  expect(await write(`${line}\r\n\r\n`)).toEqual({
    broken: [],
    unexpected: [
      { method: 'GET', path: `/${'a'.repeat(199)}`, nearMiss: expect.any(String), requests: 1 },
    ],
  })
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a preflight is allowed and not counted; the reply to the page can be read', async () => {
  const origin = 'http://localhost:5173'
  const sent = { origin, 'access-control-request-method': 'POST' }
  const preflight = {
    ...sent,
    'access-control-request-headers': 'content-type,x-own',
    'access-control-request-private-network': 'true',
  }
  await withServer(async ({ url, requests, preflights }) => {
    const first = await fetch(url + TOKEN_PATH, { method: 'OPTIONS', headers: preflight })
    expect([first.status, requests(), preflights()]).toEqual([204, [], 1])
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-own',
      'access-control-allow-private-network': 'true',
      vary: 'Origin',
    })
    const headers = { ...JSON_TYPE, origin }
    for (const [path, body, status] of [
      [TOKEN_PATH, LOGIN, 200],
      [TOKEN_PATH, '{}', 500],
      ['/elsewhere', '', 501],
    ] as const) {
      const reply = await fetch(url + path, { method: 'POST', headers, body })
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
        status,
        origin,
      ])
    }
    expect([requests().length, preflights()]).toEqual([3, 1])
  })
})

test('OPTIONS without Origin is an ordinary request', async () => {
  await withServer(async ({ url, requests, preflights }) => {
    const headers = { 'access-control-request-method': 'POST' }
    const { status } = await fetch(`${url}/x`, { method: 'OPTIONS', headers })
    expect([status, requests().length, preflights()]).toEqual([501, 1, 0])
  })
})

/** The claims of a token, and the length of its signature. */
function look(token: string) {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { header: decode(header), claims: decode(payload), signature: signature.length }
}

const documented = (type: 'access' | 'refresh') => ({
  header: { typ: 'JWT', alg: 'HS256' },
  claims: {
    token_type: type,
    exp: expect.any(Number),
    jti: expect.stringMatching(/^[0-9a-f]{32}$/),
    user_id: 1,
    company_id: 11111,
    type: 'public',
  },
  signature: 43,
})

test('clients get tokens of the documented shape and lifetime, and never the same twice', async () => {
  await withServer(async ({ url, given }) => {
    const post = async (path: string, body: object) => {
      const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }
      return (await fetch(url + path, init)).json()
    }
    const login = () => post(TOKEN_PATH, promises.authenticated.request.body)
    const [one, two] = [await login(), await login()]
    const { access } = await post('/api/v1/auth/token-refresh/', { refresh: one.refresh })
    const now = Date.now() / 1000
    const tokens = [one, two, { access, refresh: given.refreshToken }]
    for (const { access, refresh } of tokens) {
      expect(look(access)).toEqual(documented('access'))
      expect(look(refresh)).toEqual(documented('refresh'))
      expect(Math.abs(look(access).claims.exp - now - 3600)).toBeLessThan(30)
      expect(Math.abs(look(refresh).claims.exp - now - 86_400)).toBeLessThan(30)
    }
    expect(look(given.accessToken)).toEqual(documented('access'))
    expect(look(given.expiredAccessToken).claims.exp).toBeLessThan(now)
    expect(look(given.expiredRefreshToken).claims.exp).toBeLessThan(now)
    const all = [...tokens.flatMap(Object.values), ...Object.values(given)]
    expect(new Set(all.map((token) => look(token).claims.jti)).size).toBe(9)
  })
})

test('a token of an earlier reply is accepted', async () => {
  const results = await withServer(async ({ url, requests }) => {
    const init = { method: 'POST', headers: JSON_TYPE, body: LOGIN }
    const { access, refresh } = await (await fetch(url + TOKEN_PATH, init)).json()
    const page = (token: string) =>
      fetch(`${url}/api/v1/docs/?page=1`, { headers: { authorization: `Bearer ${token}` } })
    expect([(await page(access)).status, (await page(refresh)).status]).toEqual([200, 500])
    return requests().map(({ meant, differences }) => [meant, differences[0]?.nearMiss])
  })
  expect(results).toEqual([
    ['authenticated', undefined],
    ['authorized', undefined],
    ['authorized', 'The refresh token was sent where the access token belongs.'],
  ])
})

test('the bodies of many large requests are not kept in memory', async () => {
  const body = JSON.stringify({ username: 'x'.repeat(4_000_000) })
  const before = process.memoryUsage().rss
  const results = await withServer(async ({ url, requests }) => {
    for (let count = 0; count < 60; count += 1)
      await (await fetch(url + TOKEN_PATH, { method: 'POST', headers: JSON_TYPE, body })).text()
    return judge(requests()).promises
  })
  expect(results[0]).toMatchObject({ name: 'authenticated', result: 'broken', requests: 60 })
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
})
