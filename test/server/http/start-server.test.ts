import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../../../server/http/listen.js'
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

test('it listens on a free port of this machine, with a provider to work with', async () => {
  const { url, port, zapsign } = await start({ loginLimit: { attempts: 1 } })
  expect(url).toBe(`http://127.0.0.1:${port}`)
  zapsign.outcomes.next('rateLimited')
  expect([
    (await fetch(url + PATH, LOGIN)).status,
    (await fetch(url + PATH, LOGIN)).status,
  ]).toEqual([400, 200])
  expect(zapsign.journal.count({ outcome: 'authenticated' })).toBe(1)
})

test('it takes a provider that is there already', async () => {
  const zapsign = createZapSign()
  const server = await start({ zapsign })
  expect(server.zapsign).toBe(zapsign)
})

test('an IPv6 address is written as a URL has it', async () => {
  const { url, port } = await start({ host: '::1' })
  expect(url).toBe(`http://[::1]:${port}`)
})

test('a port that is taken rejects with Node’s code', async () => {
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
    /^usres is not known: options must be an object with the keys port, host, latency, zapsign, users, /,
  ],
  [{ latency: '30d' }, /^latency must be a duration .*, 24 days at most, got "30d"$/],
  [{ zapsign: createZapSign(), usres: 1 }, /^usres is not known: /],
  [
    { zapsign: createZapSign(), users: [{ username: 'ana', password: 'a' }] },
    new TypeError('users says nothing beside zapsign: give it to createZapSign() instead'),
  ],
  [null, /^options must be an object with the keys port, host, .*, got null$/],
])('the options %j are refused', async (options, error) => {
  await expect(startServer(options as never)).rejects.toThrow(error)
})

test('close lets what is in flight finish, and leaves no socket', async () => {
  const { url, port, zapsign, close } = await start({ latency: '100ms' })
  const silent = connect(port, '127.0.0.1')
  const silentClosed = new Promise((resolve) => silent.on('close', resolve).resume())
  await new Promise((resolve) => silent.once('connect', resolve))
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const inFlight = fetch(url)
  await entered
  await Promise.all([close(), silentClosed])
  expect((await inFlight).status).toBe(404)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('close ends connections that are kept alive for more', async () => {
  const { port, close } = await start()
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const answered = new Promise((resolve) => socket.once('data', resolve))
  socket.write(`GET ${PATH} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await answered
  await Promise.all([close(), closed])
})

test('close twice is close once', async () => {
  const { close } = await start()
  await Promise.all([close(), close()])
  await expect(close()).resolves.toBeUndefined()
})

test('close does not wait for those who wait for a timeout', async () => {
  const { url, zapsign, close } = await start()
  zapsign.outcomes.next('timeout')
  const entered = new Promise((resolve) => zapsign.journal.subscribe(resolve))
  const waiting = expect(fetch(url + PATH, LOGIN)).rejects.toThrow('fetch failed')
  await entered
  await close()
  await waiting
})

test('outcomes that are cleared let those go who wait for a timeout', async () => {
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

test('timeout keeps a client waiting until it gives up by itself', async () => {
  const { url, zapsign } = await start()
  zapsign.outcomes.next('timeout')
  const giveUp = AbortSignal.timeout(50)
  await expect(fetch(url + PATH, { ...LOGIN, signal: giveUp })).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  )
})

test('connectionReset reaches a client as a reset connection', async () => {
  const { url, zapsign } = await start()
  zapsign.outcomes.next('connectionReset')
  await expect(fetch(url + PATH, LOGIN)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNRESET' }) }),
  )
})

/** Sends bytes and resolves to all that comes back until the connection closes. */
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

test('a body that is too large is refused before it has been read', async () => {
  const { port } = await start()
  const heard = await talk(
    port,
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{`,
  )
  expect(heard).toMatch(/^HTTP\/1\.1 413 .*\r\n/)
  expect(heard).toContain('connection: close')
})

test('a chunked body that grows too large is refused on the way', async () => {
  const { port } = await start()
  const piece = `100000\r\n${'x'.repeat(0x100000)}\r\n`
  const heard = await talk(
    port,
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ...Array(12).fill(piece),
  )
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
})

test('requests in one go are answered one after the other', async () => {
  const { port } = await start()
  const get = `GET ${PATH} HTTP/1.1\r\nHost: x\r\n`
  const heard = await talk(port, `${get}\r\n${get}\r\n${get}Connection: close\r\n\r\n`)
  expect(heard.match(/HTTP\/1\.1 405 /g)).toHaveLength(3)
})

test('a chunked body is read whole', async () => {
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
])('whoever is too slow with %s is cut off', async (_, bytes) => {
  const patience = { headersTimeout: 50, requestTimeout: 60, connectionsCheckingInterval: 20 }
  const { port, close } = await listen((incoming) => incoming.resume(), {
    port: 0,
    host: '127.0.0.1',
    patience,
  })
  closers.push(close)
  expect(await talk(port, bytes)).toMatch(/^HTTP\/1\.1 408 /)
})

test('a header that comes twice is one that says both, as everywhere else', async () => {
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

test('more headers than a server takes are refused', async () => {
  const { port } = await start()
  const heard = await talk(
    port,
    `GET ${PATH} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  )
  expect(heard).toMatch(/^HTTP\/1\.1 431 /)
})

test('a client that goes away in the middle harms nobody', async () => {
  const { url, port } = await start()
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => {
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{`, resolve)
  })
  socket.destroy()
  expect((await fetch(url + PATH, LOGIN)).status).toBe(200)
})
