import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, expect, test } from 'vitest'
import { createApp } from '../../../server/index.js'
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

test('redirects and page links of an app mounted in Express contain the mount path', async () => {
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
    /^latency must be a duration with a unit, such as "1h", .* up to 24 days, got "long"$/,
  )
  expect(() => createApp(undefined, { latncy: '1s' } as never)).toThrow(
    /^latncy is not known: options must be an object with the keys latency, cors, /,
  )
  expect(() => createApp(undefined, { signal: {} } as never)).toThrow(
    new TypeError('signal must be an AbortSignal, got an object'),
  )
  expect(() => createApp(undefined, null as never)).toThrow(
    /^options must be an object with the keys latency, cors, .*, got null$/,
  )
})

/** Mounts an app as Connect, Vite and middie do: they take the mount path off `url`, and no more. */
function mountLikeConnect(path: string, app: ReturnType<typeof createApp>): RequestListener {
  return (request, response) => {
    Object.assign(request, { originalUrl: request.url })
    request.url = request.url?.slice(path.length) || '/'
    app(request, response)
  }
}

test('redirects and page links of an app mounted in Connect contain the mount path', async () => {
  const zapsign = createZapSign({
    users: Array.from({ length: 30 }, (_, index) => ({ username: `u${index}`, password: 'p' })),
  })
  const url = await serve(mountLikeConnect('/zap', createApp(zapsign)))
  const redirect = await fetch(`${url}/zap/api/v1/docs?x=1`, { redirect: 'manual' })
  expect(redirect.headers.get('location')).toBe('/zap/api/v1/docs/?x=1')
  const { access } = await zapsign.issueTokenPair()
  const headers = { authorization: `Bearer ${access}` }
  const page = await (await fetch(`${url}/zap/api/v1/users/?page=1`, { headers })).json()
  expect(page.next).toBe(`${url}/zap/api/v1/users/?page=2`)
  expect((await fetch(`${url}/zap`)).status).toBe(404)
})

test('with next an app passes on requests that would get 404 or 501, without a token and with their body', async () => {
  const outer = express()
  const zapsign = createZapSign()
  outer.use(createApp(zapsign, { next: true }))
  outer.use(express.text({ type: () => true }), (request, response) => {
    response.status(299).send(`${request.method} ${request.originalUrl} ${request.body ?? ''}`)
  })
  const url = await serve(outer)
  const call = async (method: string, path: string, body?: string) => {
    const response = await fetch(url + path, { method, body, redirect: 'manual' })
    return [response.status, await response.text()]
  }
  expect(await call('GET', '/mine?x=1')).toEqual([299, 'GET /mine?x=1 '])
  expect(await call('GET', '/')).toEqual([299, 'GET / '])
  expect(await call('POST', '/api/v1/docs/', 'body')).toEqual([299, 'POST /api/v1/docs/ body'])
  expect(await call('POST', '/api/v1/sign', 'body')).toEqual([299, 'POST /api/v1/sign body'])
  expect(await call('GET', '/api/v1/templates/')).toEqual([299, 'GET /api/v1/templates/ '])
  expect(await call('OPTIONS', '/api/v1/templates/')).toEqual([299, 'OPTIONS /api/v1/templates/ '])
  expect(zapsign.journal.entries).toEqual([])
  expect((await call('GET', '/api/v1/docs/'))[0]).toBe(403)
  expect((await call('GET', '/api/v1/docs'))[0]).toBe(301)
  expect((await call('PATCH', PATH))[0]).toBe(405)
  expect((await call('OPTIONS', PATH))[0]).toBe(200)
})

test('without next an app answers everything itself', async () => {
  const outer = express()
  outer.use(createApp())
  outer.use((_request, response) => void response.status(299).end())
  expect((await fetch(`${await serve(outer)}/mine`)).status).toBe(404)
})

/** Sends bytes, and resolves to what comes back until the connection closes. */
function talk(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', reject).on('close', () => resolve(heard))
  })
}

const get = (path: string, ...headers: string[]) =>
  `GET ${path} HTTP/1.1\r\n${['Connection: close', ...headers].join('\r\n')}\r\n\r\n`

test.each(['x//evil.example', 'a b', 'x/y', '@evil.example', '[::1', 'x:port', ''])(
  'the Host %j gets Django’s 400 and no redirect',
  async (host) => {
    const zapsign = createZapSign()
    const heard = await talk(await serve(createApp(zapsign)), get('/api/v1/docs', `Host: ${host}`))
    expect(heard).toMatch(/^HTTP\/1\.1 400 [\s\S]*x-zapsign-mock: inferred/)
    expect(heard).not.toMatch(/evil|location/i)
    expect(zapsign.journal.count('badRequest')).toBe(1)
  },
)

test.each(['zapsign.example:80', 'zapsign_mock', '[::1]:9277', 'LOCALHOST'])(
  'the Host %j is accepted',
  async (host) => {
    const heard = await talk(await serve(createApp()), get('/api/v1/docs', `Host: ${host}`))
    expect(heard).toMatch(/^HTTP\/1\.1 301 /)
  },
)

test('a header called __proto__ harms nothing', async () => {
  const url = await serve(createApp())
  const headers = ['Host: x', '__proto__: a', '__proto__: b', 'constructor: c']
  expect(await talk(url, get('/api/v1/docs/', ...headers))).toMatch(/^HTTP\/1\.1 403 /)
})

test('the Date of a reply is the provider’s time, which is read once for each request', async () => {
  let reads = 0
  const zapsign = createZapSign({
    now: () => {
      reads += 1
      return Date.UTC(2026, 0, 31, 12)
    },
  })
  const url = await serve(createApp(zapsign))
  expect((await fetch(url + PATH, LOGIN)).headers.get('date')).toBe('Sat, 31 Jan 2026 12:00:00 GMT')
  expect(reads).toBe(1)
  zapsign.time.advance('1d')
  expect((await fetch(`${url}/unknown`)).headers.get('date')).toBe('Sun, 01 Feb 2026 12:00:00 GMT')
})

test('a reply has the system’s date when the provider’s clock fails', async () => {
  const now = () => {
    throw new Error('no clock')
  }
  const { status, headers } = await fetch((await serve(createApp(createZapSign({ now })))) + PATH)
  expect([status, Number.isNaN(Date.parse(headers.get('date') ?? ''))]).toEqual([500, false])
})

const ORIGIN = 'https://app.example.com'

const PREFLIGHT = { origin: ORIGIN, 'access-control-request-method': 'POST' }

/** The CORS headers of a reply. */
function corsOf({ headers }: Response): Record<string, string> {
  const found = [...headers].filter(([name]) => /^access-control-|^vary$/.test(name))
  return Object.fromEntries(found)
}

const ALLOWED = {
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'x-zapsign-mock,WWW-Authenticate,Allow,Date,Location,Retry-After',
  vary: 'Origin',
}

test('without cors no reply has CORS headers, and the journal explains the call of a browser', async () => {
  const zapsign = createZapSign({ warnings: false })
  const url = await serve(createApp(zapsign))
  const headers = { ...JSON_TYPE, origin: ORIGIN }
  const preflight = await fetch(url + PATH, { method: 'OPTIONS', headers: PREFLIGHT })
  const login = await fetch(url + PATH, { ...LOGIN, headers })
  expect([preflight.status, corsOf(preflight)]).toEqual([200, {}])
  expect([login.status, corsOf(login)]).toEqual([200, {}])
  const hint = `A browser sent this from the origin ${ORIGIN}. Like ZapSign, the mock sends no CORS headers, so the browser withholds the reply. Call ZapSign from your server; for local work, allow the call with --cors or { cors: true }.`
  expect(zapsign.journal.entries.map((entry) => entry.hint)).toEqual([hint, hint])
})

test('a call from the mock’s own origin needs no explanation', async () => {
  const zapsign = createZapSign({ warnings: false })
  const url = await serve(createApp(zapsign))
  await fetch(url + PATH, { ...LOGIN, headers: { ...JSON_TYPE, origin: url } })
  await fetch(url + PATH, LOGIN)
  expect(zapsign.journal.entries.map(({ hint }) => hint)).toEqual([undefined, undefined])
})

test('with cors the server answers a preflight request itself', async () => {
  const zapsign = createZapSign()
  const url = await serve(createApp(zapsign, { cors: true }))
  for (const path of [PATH, '/api/v1/docs/', '/unknown']) {
    const response = await fetch(url + path, {
      method: 'OPTIONS',
      headers: {
        ...PREFLIGHT,
        'access-control-request-headers': 'authorization,content-type',
        'access-control-request-private-network': 'true',
      },
    })
    expect([response.status, response.headers.get('x-zapsign-mock'), corsOf(response)]).toEqual([
      204,
      'configured',
      {
        ...ALLOWED,
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-allow-private-network': 'true',
        vary: 'Origin, Access-Control-Request-Headers',
      },
    ])
  }
  expect(zapsign.journal.entries).toEqual([])
})

test('with cors a browser can read every reply, also errors and unknown paths', async () => {
  const zapsign = createZapSign({ warnings: false })
  const url = await serve(createApp(zapsign, { cors: true }))
  const headers = { ...JSON_TYPE, origin: ORIGIN }
  const replies = [
    await fetch(url + PATH, { ...LOGIN, headers }),
    await fetch(url + PATH, { ...LOGIN, headers, body: '{' }),
    await fetch(`${url}/api/v1/docs/`, { headers }),
    await fetch(`${url}/api/v1/docs`, { headers, redirect: 'manual' }),
    await fetch(`${url}/unknown`, { headers }),
    await fetch(url + PATH, { method: 'OPTIONS', headers: { origin: ORIGIN } }),
  ]
  expect(replies.map(({ status }) => status)).toEqual([200, 400, 403, 301, 404, 200])
  for (const reply of replies) expect(corsOf(reply)).toMatchObject(ALLOWED)
  expect(zapsign.journal.entries.map(({ hint }) => hint ?? '').join()).not.toContain('CORS')
})

test('cors adds nothing to a call without an origin, nor to the mock’s own paths', async () => {
  const url = await serve(createApp(createZapSign(), { cors: true }))
  expect(corsOf(await fetch(url + PATH, LOGIN))).toEqual({})
  for (const path of ['/__zapsign/state', '/__zapsign', '/__zapsign?x'])
    expect(corsOf(await fetch(url + path, { headers: { origin: ORIGIN } }))).toEqual({})
})
