import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { startServer } from '../server/index.js'
import { type ApiRequest, createZapSign } from '../src/index.js'
import { corpus, type RawRequest } from './corpus.js'
import { mutated, SEED } from './mutations.js'
import { send } from './raw.js'
import { CREDENTIALS } from './support.js'

/** The gate asks for 200,000 in all; a run at the desk is content with fewer. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 10_000)
const SOCKET_SHARE = 0.1

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

const STATUSES = [200, 301, 400, 401, 403, 404, 405, 406, 413, 415, 501]

/** Whether a reply is one of the provider's: its 500 is a page, that of a failing mock is text. */
function isOfProvider(status: number, headers: Record<string, string | undefined>): boolean {
  const isCrash = status === 500 && headers['x-zapsign-mock'] === 'inferred'
  return isCrash || STATUSES.includes(status)
}

function toApiRequest({ method, target, headers, body }: RawRequest): ApiRequest {
  const [path = '', ...query] = target.split('?')
  return {
    method,
    path,
    query: query.join('?'),
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    body,
  }
}

/** Requests that hardly are any. */
const noise: fc.Arbitrary<RawRequest> = fc.record({
  name: fc.constant('noise'),
  method: fc.oneof(fc.constantFrom('POST', 'GET', '', 'post'), fc.string({ unit: 'binary' })),
  target: fc.oneof(
    fc.constantFrom('/api/v1/auth/token/1/', '/api/v1/auth/token-refresh/', '/api/v1/docs/'),
    fc.string({ unit: 'binary' }),
  ),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'accept', 'authorization', 'content-length'),
    fc.string({ unit: 'binary' }),
  ),
  body: fc.uint8Array({ maxLength: 200 }),
})

test('the core answers every generated request as the provider could', async () => {
  const zapsign = createZapSign({ journalSize: 10 })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 4, arbitrary: mutated(await corpus()) }, noise),
      async (request) => {
        const { status, headers, body } = await zapsign.reply(toApiRequest(request))
        expect([status, isOfProvider(status, headers)]).toEqual([status, true])
        if (headers['content-type'] === 'application/json' && body) JSON.parse(body)
      },
    ),
    { numRuns: Math.round(RUNS * (1 - SOCKET_SHARE)), seed: SEED },
  )
}, 600_000)

test('the server answers every generated request and keeps running', async () => {
  const { port, close } = await startServer({ journalSize: 10 })
  closers.push(close)
  await fc.assert(
    fc.asyncProperty(mutated(await corpus()), async (request) => {
      const { status, headers } = await send(port, request)
      expect([status, isOfProvider(status, headers)]).toEqual([status, true])
    }),
    { numRuns: Math.round(RUNS * SOCKET_SHARE), seed: SEED },
  )
}, 600_000)

const LOGIN = '/api/v1/auth/token/11111/'
const post = (body: string | Uint8Array, headers: Record<string, string> = {}): RawRequest => ({
  name: 'a hostile request',
  method: 'POST',
  target: LOGIN,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})

test.each<[string, RawRequest, number]>([
  ['lists in lists, a hundred thousand deep', post('['.repeat(100_000)), 400],
  ['objects in objects, a hundred thousand deep', post('{"a":'.repeat(100_000)), 400],
  [
    'a deep value in a field nobody asked for',
    post(`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    400,
  ],
  ['a million quotation marks', post('"'.repeat(1_000_000)), 400],
  ['a million backslashes', post(`"${'\\'.repeat(1_000_000)}`), 400],
  ['a million digits', post('1'.repeat(1_000_000)), 400],
  [
    'a million fields',
    post('a=&'.repeat(1_000_000), { 'content-type': 'application/x-www-form-urlencoded' }),
    400,
  ],
  [
    'a million plus signs',
    post('+'.repeat(1_000_000), { 'content-type': 'application/x-www-form-urlencoded' }),
    400,
  ],
  [
    'many parts of nothing',
    post('--x\r\n'.repeat(200_000), { 'content-type': 'multipart/form-data; boundary=x' }),
    400,
  ],
  ['a header of semicolons', post('{}', { accept: `application/json${';'.repeat(10_000)}` }), 400],
  [
    'a header of quotation marks',
    post('{}', { 'content-type': `application/json; x=${'"'.repeat(10_000)}` }),
    400,
  ],
  ['a header of white space', post('{}', { accept: `text/html,${' '.repeat(10_000)}x` }), 406],
  ['an endless token', post(`{"refresh":"${'a.'.repeat(500_000)}"}`), 400],
])(
  '%s is refused without delay',
  async (_, request, status) => {
    const { port, close } = await startServer()
    closers.push(close)
    expect((await send(port, request)).status).toBe(status)
  },
  5000,
)

test('the journal cuts a user name of 1 MB, and the login limit uses its digest', async () => {
  const { port, zapsign, close } = await startServer({ loginLimit: { attempts: 1 } })
  closers.push(close)
  const login = post(JSON.stringify({ username: 'u'.repeat(1_000_000), password: 'x' }))
  const statuses = [(await send(port, login)).status, (await send(port, login)).status]
  expect(statuses).toEqual([401, 400])
  expect(JSON.stringify(zapsign.journal.entries).length).toBeLessThan(2000)
})

test.each(['__proto__', 'constructor', 'toString', '\0', 'a\0b'])(
  'the user name and the organization %j work like any other',
  async (name) => {
    const users = [{ username: name.replaceAll('\0', 'NUL'), password: 'p' }]
    const zapsign = createZapSign({ users })
    const path = `/api/v1/auth/token/${encodeURIComponent(name)}/`
    const login = (username: string) =>
      zapsign.reply({ ...toApiRequest(post(JSON.stringify({ username, password: 'p' }))), path })
    expect((await login(name)).status).toBe(name.includes('\0') ? 400 : 200)
    expect((await login('someone else')).status).toBe(401)
    expect(Object.prototype).not.toHaveProperty('password')
  },
)

test('of a 100 MB body without a length, only the beginning is read', async () => {
  const { port, close } = await startServer()
  closers.push(close)
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write(`POST ${LOGIN} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
  const piece = `100000\r\n${'x'.repeat(0x100000)}\r\n`
  for (let sent = 0; sent < 100 && !socket.destroyed; sent += 1) {
    await new Promise((resolve) => socket.write(piece, resolve))
  }
  await closed
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
  expect(socket.bytesWritten).toBeLessThan(60_000_000)
})

test('a right login is still answered afterwards', async () => {
  const { port, close } = await startServer({ loginLimit: false })
  closers.push(close)
  const requests = await corpus()
  await Promise.all(requests.slice(0, 200).map((request) => send(port, request)))
  expect((await send(port, post(JSON.stringify(CREDENTIALS)))).status).toBe(200)
})
