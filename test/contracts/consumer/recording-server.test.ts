import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { judge } from '../../../contracts/consumer/judge.js'
import { withRecordingServer } from '../../../contracts/consumer/recording-server.js'
import { LITERALS, type PromiseName, promises } from '../../../contracts/promises.js'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends to a recording server, and says what came back and what was recorded. */
async function sendToServer(
  name: PromiseName,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
) {
  return withRecordingServer([name], async ({ url, recorded }) => {
    const { method = 'POST', path = promises[name].request.path, headers = JSON_TYPE } = options
    const status = await new Promise((resolve, reject) => {
      request(url, { method, path, headers }, (reply) => {
        reply.resume().once('end', () => resolve(reply.statusCode))
      })
        .once('error', reject)
        .end(options.body)
    })
    return { status, matched: recorded.map(({ isMatched }) => isMatched) }
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
  ['a token that is of no use here', { authorization: `Bearer ${LITERALS.expiredAccessToken}` }],
  ['compression that it would take', { 'accept-encoding': 'gzip, br' }],
  ['a name that is not ASCII', { 'user-agent': 'Integra\u00e7\u00e3o/1.0' }],
  ['a charset that is none', { 'content-type': 'application/json; charset=\u00e9' }],
  ['a wish for JSON in a version', { accept: 'text/html, Application/JSON; version=1;q=0.5' }],
  ['a wish for whatever it is', { accept: 'text/html;q=0.9,*/*;q=0.1' }],
  ['a wish for any application', { accept: 'application/*' }],
  ['a cookie and a condition', { cookie: 'a="b"; c', 'if-none-match': '*', range: 'bytes=0-' }],
  ['more headers than Pact would take', { 'x-long': 'a'.repeat(9000), 'x-empty': '' }],
])('a client with %s is right', async (_, headers) => {
  const sent = { headers: { ...JSON_TYPE, ...headers }, body: LOGIN }
  expect(await sendToServer('authenticated', sent)).toEqual({ status: 200, matched: [true] })
})

test.each<[string, Parameters<typeof sendToServer>[1]]>([
  ['TRACE', { method: 'TRACE' }],
  [
    'a path that leads to the right one',
    { path: '/api/v1/auth/../auth/token/11111/', body: LOGIN },
  ],
  ['a path in other letters', { path: '/api/v1/auth/token/%31%31111/', body: LOGIN }],
  [
    'a query',
    { path: '/api/v1/auth/token/11111/?', headers: { 'content-type': 'text/plain' }, body: LOGIN },
  ],
  ['a body twice', { body: LOGIN + LOGIN }],
])('%s is recorded, and refused', async (_, sent) => {
  expect(await sendToServer('authenticated', sent)).toEqual({ status: 500, matched: [false] })
})

/** Writes bytes to a recording server, and waits until it says something, or hangs up. */
async function write(bytes: string, thenEnd = false) {
  return withRecordingServer(['authenticated'], async ({ url, recorded, refused }) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(bytes, 'latin1')
    await new Promise((done) => socket.once('data', done).once('close', done))
    if (thenEnd) {
      const closed = new Promise((done) => socket.once('close', done))
      socket.end()
      await closed
    }
    socket.destroy()
    const { promises: results, unexpected } = judge(recorded, refused)
    return { broken: results.filter(({ result }) => result === 'broken'), unexpected }
  })
}

const HEAD = 'POST /api/v1/auth/token/11111/ HTTP/1.1\r\ncontent-type: application/json\r\n'

test.each([
  ['is waited for', false],
  ['breaks off', true],
])('a request whose body %s is recorded, and told by what came', async (_, thenEnd) => {
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
    'what is meant for a proxy',
    'CONNECT api.zapsign.com.br:443 HTTP/1.1\r\nhost: api.zapsign.com.br:443\r\n\r\n',
    'CONNECT',
    'api.zapsign.com.br:443',
    'It was sent as if to a proxy.',
  ],
])('%s is told, though it is never answered', async (_, bytes, method, path, nearMiss) => {
  expect(await write(bytes)).toEqual({
    broken: [],
    unexpected: [{ method, path, nearMiss, requests: 1 }],
  })
})

test('a connection on which nothing comes is nothing', async () => {
  const refused = await withRecordingServer(
    ['authenticated'],
    async ({ url, refused, recorded }) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      await new Promise((done) => socket.once('connect', done))
      await new Promise((done) => socket.once('close', done).end())
      return [...refused, ...recorded]
    },
  )
  expect(refused).toEqual([])
})
