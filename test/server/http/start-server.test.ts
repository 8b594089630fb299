import { connect } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { listen } from '../../../server/http/listen.js'
import { replaceNodeReplies } from '../../../server/http/node-replies.js'
import { type StartServerOptions, startServer } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function start(options?: StartServerOptions) {
  const server = await startServer(options)
  closers.push(server.close)
  return server
}

const PATH = '/api/v1/auth/token/11111/'
const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }

test('startServer listens on a free port and returns its provider', async () => {
  const { url, port, zapsign } = await start({ loginLimit: { attempts: 1 } })
  expect(url).toBe(`http://127.0.0.1:${port}`)
  zapsign.outcomes.next('rateLimited')
  expect([
    (await fetch(url + PATH, LOGIN)).status,
    (await fetch(url + PATH, LOGIN)).status,
  ]).toEqual([400, 200])
  expect(zapsign.journal.count({ outcome: 'authenticated' })).toBe(1)
})

test('startServer serves an existing provider', async () => {
  const zapsign = createZapSign()
  const server = await start({ zapsign })
  expect(server.zapsign).toBe(zapsign)
})

test('the url contains an IPv6 address in brackets', async () => {
  const { url, port } = await start({ host: '::1' })
  expect(url).toBe(`http://[::1]:${port}`)
})

test('startServer rejects with Node’s code when the port is in use', async () => {
  const { port } = await start()
  await expect(startServer({ port })).rejects.toThrow(
    expect.objectContaining({ code: 'EADDRINUSE' }),
  )
})

test.each([
  [{ port: 70_000 }, new RangeError('port must be a whole number from 0 to 65535, got 70000')],
  [{ port: '80' }, new TypeError('port must be a whole number from 0 to 65535, got "80"')],
  [{ host: '' }, new RangeError('host must be an address or a host name, got ""')],
  [{ zapsign: {} }, /^startServer\(\{ zapsign \}\) takes what createZapSign\(\) /],
  [
    { usres: [] },
    /^usres is not known: options must be an object with the keys port, host, .*, zapsign, users, /,
  ],
  [{ latency: '30d' }, /^latency must be a duration .*, up to 24 days, got "30d"$/],
  [{ zapsign: createZapSign(), usres: 1 }, /^usres is not known: /],
  [
    { zapsign: createZapSign(), users: [{ username: 'ana', password: 'a' }] },
    new TypeError('Cannot combine `users` with `zapsign`: pass `users` to createZapSign().'),
  ],
  [null, /^options must be an object with the keys port, host, .*, got null$/],
])('startServer refuses the options %j', async (options, error) => {
  await expect(startServer(options as never)).rejects.toThrow(error)
})

test('close lets requests in flight finish and closes every socket', async () => {
  const { url, port, zapsign, close } = await start({ latency: '100ms' })
  const silent = connect(port, '127.0.0.1')
  const silentClosed = new Promise((resolve) => silent.on('close', resolve).resume())
  await new Promise((resolve) => silent.once('connect', resolve))
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const inFlight = fetch(`${url}/unknown/`)
  await entered
  await Promise.all([close(), silentClosed])
  expect((await inFlight).status).toBe(404)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('close ends idle keep-alive connections', async () => {
  const { port, close } = await start()
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const answered = new Promise((resolve) => socket.once('data', resolve))
  socket.write(`GET ${PATH} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await answered
  await Promise.all([close(), closed])
})

test('close can be called twice', async () => {
  const { close } = await start()
  await Promise.all([close(), close()])
  await expect(close()).resolves.toBeUndefined()
})

test('close ends connections that the outcome timeout keeps waiting', async () => {
  const { url, zapsign, close } = await start()
  zapsign.outcomes.next('timeout')
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const waiting = expect(fetch(url + PATH, LOGIN)).rejects.toThrow('fetch failed')
  await entered
  await close()
  await waiting
})

test('reset ends connections that the outcome timeout keeps waiting', async () => {
  const { url, zapsign } = await start()
  zapsign.outcomes.next('timeout')
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const waiting = expect(fetch(url + PATH, LOGIN)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: 'UND_ERR_SOCKET' }) }),
  )
  await entered
  zapsign.reset()
  await waiting
})

test('the outcome timeout keeps a client waiting until the client gives up', async () => {
  const { url, zapsign } = await start()
  zapsign.outcomes.next('timeout')
  const giveUp = AbortSignal.timeout(50)
  await expect(fetch(url + PATH, { ...LOGIN, signal: giveUp })).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  )
})

test('the outcome connectionReset resets the connection', async () => {
  const { url, zapsign } = await start()
  zapsign.outcomes.next('connectionReset')
  await expect(fetch(url + PATH, LOGIN)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNRESET' }) }),
  )
})

/** Sends bytes and resolves to everything received until the connection closes. */
function talk(port: number, ...pieces: string[]): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', () => {}).on('close', () => resolve(heard))
  })
}

test('a body whose declared length is too large gets 413 before it is read', async () => {
  const { port } = await start()
  const heard = await talk(
    port,
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{`,
  )
  expect(heard).toMatch(/^HTTP\/1\.1 413 .*\r\n/)
  expect(heard).toContain('connection: close')
})

test('a chunked body gets 413 as soon as it is too large', async () => {
  const { port } = await start()
  const piece = `100000\r\n${'x'.repeat(0x100000)}\r\n`
  const heard = await talk(
    port,
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ...Array(12).fill(piece),
  )
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
})

test('pipelined requests are answered in order', async () => {
  const { port } = await start()
  const get = `GET ${PATH} HTTP/1.1\r\nHost: x\r\n`
  const heard = await talk(port, `${get}\r\n${get}\r\n${get}Connection: close\r\n\r\n`)
  expect(heard.match(/HTTP\/1\.1 405 /g)).toHaveLength(3)
})

test('a chunked body is read completely', async () => {
  const { port } = await start()
  const [one, two] = [LOGIN.body.slice(0, 10), LOGIN.body.slice(10)]
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  const heard = await talk(
    port,
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`,
    chunk(one),
    chunk(two),
    '0\r\n\r\n',
  )
  expect(heard).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  ['headers', `GET ${PATH} HTTP/1.1\r\nHost: x\r\n`],
  ['a body', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{`],
])('a client that sends %s too slowly gets 408', async (_, bytes) => {
  const patience = { headersTimeout: 50, requestTimeout: 60, connectionsCheckingInterval: 20 }
  const { port, close } = await listen((incoming) => incoming.resume(), {
    port: 0,
    host: '127.0.0.1',
    patience,
  })
  closers.push(close)
  expect(await talk(port, bytes)).toMatch(/^HTTP\/1\.1 408 /)
})

test('the values of a repeated header are joined, as in zapsign.fetch', async () => {
  const { port, zapsign } = await start()
  const { access } = await zapsign.issueTokenPair()
  const get = (...headers: string[]) =>
    talk(
      port,
      `GET /api/v1/docs/ HTTP/1.1\r\n${['Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`,
    )
  const bearer = `Authorization: Bearer ${access}`
  expect(await get(bearer)).toMatch(/^HTTP\/1\.1 200 /)
  const expected = await zapsign.fetch('https://x.example/api/v1/docs/', {
    headers: [
      ['authorization', `Bearer ${access}`],
      ['authorization', 'Bearer b'],
    ],
  })
  const heard = await get(bearer, 'Authorization: Bearer b')
  expect(heard.startsWith(`HTTP/1.1 ${expected.status} `)).toBe(true)
  expect(heard).toContain(await expected.text())
  expect(expected.status).toBe(401)
})

/** The status, and the headers that matter, of the only reply in a text. */
function replyIn(heard: string) {
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    source: header('x-zapsign-mock'),
    date: header('date'),
    isWhole: Number(header('content-length')) === body.length && body.length > 0,
  }
}

test.each([
  ['a line that is not HTTP', 'nonsense\r\n\r\n', 400, 'malformedRequest', '-', '-'],
  [
    'a header that is not valid',
    `GET ${PATH}?x=1 HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n`,
    ...([400, 'malformedRequest', 'GET', PATH] as const),
  ],
  ['no Host', `GET ${PATH} HTTP/1.1\r\n\r\n`, 400, 'malformedRequest', 'GET', PATH],
  [
    'a body that is not valid',
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ...([400, 'malformedRequest', 'POST', PATH] as const),
  ],
  [
    'an expectation',
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nExpect: banana\r\nConnection: close\r\n\r\n`,
    ...([417, 'expectationFailed', 'POST', PATH] as const),
  ],
  [
    'headers that are too large',
    `GET ${PATH} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ...([431, 'headersTooLarge', 'GET', PATH] as const),
  ],
] as const)(
  'a request with %s gets a reply with the header and an entry in the journal',
  async (_, bytes, status, outcome, method, path) => {
    const { port, zapsign } = await start({ now: '2026-01-31T12:00:00Z' })
    expect(replyIn(await talk(port, bytes))).toEqual({
      status,
      source: 'configured',
      date: 'Sat, 31 Jan 2026 12:00:00 GMT',
      isWhole: true,
    })
    expect(
      zapsign.journal.entries.map((entry) => [entry.outcome, entry.method, entry.path]),
    ).toEqual([[outcome, method, path]])
  },
)

test('a request that Node cannot parse leaves no secret in the journal', async () => {
  const { port, zapsign } = await start()
  await talk(port, `GET /${CREDENTIALS.password}/ HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n`)
  await talk(port, 'GET http://ana:other@x/ HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n')
  expect(zapsign.journal.entries.map(({ path }) => path)).toEqual([
    '/(withheld)/',
    'http://(withheld)@x/',
  ])
})

test('a client that sends headers too slowly gets 408 with the header and an entry in the journal', async () => {
  const zapsign = createZapSign()
  const patience = { headersTimeout: 50, requestTimeout: 60, connectionsCheckingInterval: 20 }
  const { port, close } = await listen(() => {}, {
    port: 0,
    host: '127.0.0.1',
    patience,
    replaceNodeReplies: (server, lastResponse) =>
      replaceNodeReplies(server, zapsign, { listener: () => {}, lastResponse }),
  })
  closers.push(close)
  expect(replyIn(await talk(port, `GET ${PATH} HTTP/1.1\r\nHost: x\r\n`))).toMatchObject({
    status: 408,
    source: 'configured',
  })
  expect(zapsign.journal.count('requestTimeout')).toBe(1)
  // A browser opens connections in advance: nothing is sent on them.
  expect(await talk(port)).toBe('')
  expect(zapsign.journal.entries).toHaveLength(1)
})

test('an idle connection stays open longer than pools of clients keep it', async () => {
  const { url } = await start()
  const { headers } = await fetch(url + PATH, LOGIN)
  expect(headers.get('keep-alive')).toBe('timeout=75')
})

test('an idle connection outlives the time limit for headers', async () => {
  const patience = { headersTimeout: 40, requestTimeout: 60, connectionsCheckingInterval: 10 }
  const { port, close } = await listen((_, response) => response.end('ok'), {
    port: 0,
    host: '127.0.0.1',
    patience: { ...patience, keepAliveTimeout: 75_000 },
  })
  closers.push(close)
  const socket = connect(port, '127.0.0.1')
  closers.push(async () => socket.destroy())
  const answered = () => new Promise((resolve) => socket.once('data', resolve))
  const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
  socket.write(request)
  await answered()
  await new Promise((resolve) => setTimeout(resolve, 150))
  socket.write(request)
  expect(String(await answered())).toMatch(/^HTTP\/1\.1 200 /)
})

test('close cuts off a request in flight after 10 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { port, zapsign, close } = await start()
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
  let isClosed = false
  closed.then(() => {
    isClosed = true
  })
  // The reply waits for the rest of the body.
  const arrived = new Promise((resolve) => socket.once('connect', resolve))
  await arrived
  socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{`)
  await fetch(`http://127.0.0.1:${port}/unknown`)
  await entered
  const closing = close()
  await vi.advanceTimersByTimeAsync(9_900)
  await new Promise((resolve) => setImmediate(resolve))
  expect(isClosed).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  await Promise.all([closed, closing])
})

test('the server survives a client that disconnects within a request', async () => {
  const { url, port } = await start()
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => {
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{`, resolve)
  })
  socket.destroy()
  expect((await fetch(url + PATH, LOGIN)).status).toBe(200)
})
