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

test('headers that are too large get 431', async () => {
  const { port } = await start()
  const heard = await talk(
    port,
    `GET ${PATH} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  )
  expect(heard).toMatch(/^HTTP\/1\.1 431 /)
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
