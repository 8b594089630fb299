import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, expect, test } from 'vitest'
import { createApp, startServer } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'
import { CREDENTIALS, JSON_TYPE, read } from '../../support.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const PATH = '/api/v1/auth/token/11111/'
const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }

test('an app sends the provider’s reply and adds only connection headers', async () => {
  const url = await serve(createApp(createZapSign({ seed: 1, now: 0 })))
  const { status, headers, body } = await read(await fetch(url + PATH, LOGIN))
  const { date, connection, 'keep-alive': _, 'content-length': length, ...others } = headers
  expect([status, body]).toEqual([200, await createZapSign({ seed: 1, now: 0 }).issueTokenPair()])
  expect(others).toEqual({
    'content-type': 'application/json',
    allow: 'POST, OPTIONS',
    'x-zapsign-mock': 'documented',
  })
  expect([Number(length) > 0, Boolean(date), connection]).toEqual([true, true, 'keep-alive'])
})

test('an app can listen like any Express app', async () => {
  const { signal } = new AbortController()
  const server = createApp(createZapSign(), { signal }).listen(0, '127.0.0.1')
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  expect((await fetch(`http://127.0.0.1:${port}${PATH}`, LOGIN)).status).toBe(200)
})

test('the surrounding app handles the error for a consumed body that cannot be reconstructed', async () => {
  const outer = express()
  const cyclic: Record<string, unknown> = {}
  cyclic['itself'] = cyclic
  outer.use(express.json(), (request, _response, next) => {
    request.body = cyclic
    next()
  })
  outer.use(createApp())
  const handle: ErrorRequestHandler = (error, _request, response, _next) => {
    response.status(500).send(error.name)
  }
  outer.use(handle)
  const response = await fetch((await serve(outer)) + PATH, LOGIN)
  expect([response.status, await response.text()]).toEqual([500, 'TypeError'])
})

test('invalid JSON gets the provider’s 400, not an Express error page', async () => {
  const url = await serve(createApp())
  const { status, body } = await read(await fetch(url + PATH, { ...LOGIN, body: '{' }))
  expect([status, body]).toEqual([
    400,
    {
      detail:
        'JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
    },
  ])
})

test('redirects and page links of a mounted app contain the mount path', async () => {
  const outer = express()
  outer.use('/zap', createApp(createZapSign()))
  const url = await serve(outer)
  expect((await fetch(`${url}/zap${PATH}`, LOGIN)).status).toBe(200)
  const redirect = await fetch(`${url}/zap/api/v1/docs?x=1`, { redirect: 'manual' })
  expect(redirect.headers.get('location')).toBe('/zap/api/v1/docs/?x=1')
  expect((await fetch(`${url}${PATH}`, LOGIN)).status).toBe(404)
})

test.each<[string, RequestInit]>([
  ['JSON', LOGIN],
  ['a form', { method: 'POST', body: new URLSearchParams(CREDENTIALS) }],
])(
  'the app understands %s that a body parser of the surrounding app has consumed',
  async (_, init) => {
    const outer = express()
    outer.use(express.json(), express.urlencoded())
    outer.use(createApp())
    expect((await fetch((await serve(outer)) + PATH, init)).status).toBe(200)
  },
)

test('latency delays replies', async () => {
  const url = await serve(createApp(createZapSign(), { latency: '80ms' }))
  const started = performance.now()
  await fetch(url)
  expect(performance.now() - started).toBeGreaterThan(75)
})

test('a request target in absolute form reaches the endpoint of its path', async () => {
  const zapsign = createZapSign()
  const url = await serve(createApp(zapsign))
  const { request } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    const sent = request({
      port: new URL(url).port,
      path: `http://elsewhere.example${PATH}`,
      method: 'GET',
    })
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
    sent.end()
  })
  expect([status, zapsign.journal.entries[0]?.path]).toEqual([405, PATH])
})

test('createApp refuses a wrong provider and wrong options', () => {
  expect(() => createApp({ users: [] } as never)).toThrow(
    /^createApp takes what createZapSign\(\) /,
  )
  expect(() => createApp(undefined, { latency: 'long' as never })).toThrow(
    'latency must be a duration with a unit, such as "1h", "90s" or "250ms", up to 24 days, got "long"',
  )
  expect(() => createApp(undefined, { latncy: '1s' } as never)).toThrow(
    new TypeError(
      'latncy is not known: options must be an object with the keys latency, control, signal',
    ),
  )
  expect(() => createApp(undefined, { signal: {} } as never)).toThrow(
    new TypeError('signal must be an AbortSignal, got an object'),
  )
  expect(() => createApp(undefined, null as never)).toThrow(
    new TypeError('options must be an object with the keys latency, control, signal, got null'),
  )
})

const PREFLIGHT = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' }

test('the server answers a preflight request itself', async () => {
  const { url, close } = await startServer()
  closers.push(close)
  const response = await fetch(url + PATH, {
    method: 'OPTIONS',
    headers: { ...PREFLIGHT, 'access-control-request-headers': 'content-type' },
  })
  expect([response.status, Object.fromEntries(response.headers)]).toEqual([
    204,
    expect.objectContaining({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      'access-control-allow-headers': 'content-type',
      'x-zapsign-mock': 'configured',
    }),
  ])
})

test('the provider answers any other OPTIONS request, also from a browser', async () => {
  const { url, close } = await startServer()
  closers.push(close)
  const response = await fetch(url + PATH, {
    method: 'OPTIONS',
    headers: { origin: PREFLIGHT.origin },
  })
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(await response.json()).toMatchObject({ name: 'Token Obtain Pair' })
})

test('a browser can read replies and their source header', async () => {
  const { url, close } = await startServer()
  closers.push(close)
  const response = await fetch(url + PATH, {
    ...LOGIN,
    headers: { ...JSON_TYPE, origin: PREFLIGHT.origin },
  })
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(response.headers.get('access-control-expose-headers')).toBe(
    'x-zapsign-mock,WWW-Authenticate',
  )
})
