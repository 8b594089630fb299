import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { forward, type SentRequest, serve } from '../../contracts/http.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function listen(server: Server): Promise<string> {
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const REQUEST: SentRequest = { method: 'GET', path: '/a/', query: '', headers: {}, body: '' }

/** The request that a server gets when `forward` sends one. */
async function seen(change: Partial<SentRequest>, base = '') {
  let got: Pick<IncomingMessage, 'method' | 'url' | 'headers'> | undefined
  let body = ''
  const url = await listen(
    createServer(async (request, response) => {
      const { method, url, headers } = request
      got = { method, url, headers }
      for await (const chunk of request) body += chunk
      response.end('ok')
    }),
  )
  await forward(url + base, { ...REQUEST, ...change })
  return { ...got, body }
}

test.each(['/a/../b/', '/a//b', '/%7e%2F', '/ü'.replace('ü', '%C3%BC'), '/a;b=1'])(
  'the path %s is forwarded unchanged',
  async (path) => {
    expect((await seen({ path, query: 'x=%20&y' })).url).toBe(`${path}?x=%20&y`)
  },
)

test('the path of the base URL comes before the path of the request', async () => {
  expect((await seen({}, '/proxy/')).url).toBe('/proxy/a/')
})

test('methods that fetch refuses, and a GET with a body, are forwarded', async () => {
  expect(await seen({ method: 'TRACE' })).toMatchObject({ method: 'TRACE', body: '' })
  expect(await seen({ body: 'né' })).toMatchObject({
    method: 'GET',
    body: 'né',
    headers: { 'content-length': '3' },
  })
})

test('headers that belong to one connection are not forwarded', async () => {
  const { headers } = await seen({
    headers: { upgrade: 'h2c', 'http2-settings': 'AAEAA', te: 'trailers', 'x-own': '1' },
  })
  expect(Object.keys(headers ?? {}).sort()).toEqual(['connection', 'host', 'x-own'])
})

test('a redirect is returned, and not followed', async () => {
  const url = await listen(
    createServer((_, response) => response.writeHead(302, { location: '/b' }).end('moved')),
  )
  expect(await forward(url, REQUEST)).toMatchObject({
    status: 302,
    headers: { location: '/b' },
    body: 'moved',
  })
})

test.each([
  ['at all', () => {}],
  ['to the end', (response: { write(text: string): unknown }) => response.write('a')],
])('forwarding ends when a server does not answer %s', async (_, answer) => {
  const url = await listen(createServer((_, response) => void answer(response)))
  await expect(forward(url, REQUEST, { timeout: 50 })).rejects.toThrow('no reply within 0.05 s')
})

test('a reply of more than 5 MB ends the forwarding', async () => {
  const chunk = Buffer.alloc(100_000)
  const url = await listen(
    createServer((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', write)
      write()
    }),
  )
  await expect(forward(url, REQUEST)).rejects.toThrow('the reply is larger than 5 MB')
})

test('101 Switching Protocols ends the forwarding', async () => {
  const server = createServer()
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'
  server.on('connection', (socket) => socket.once('data', () => socket.end(upgrade)))
  const url = await listen(server)
  await expect(forward(url, REQUEST)).rejects.toThrow('the reply was 101 Switching Protocols')
})

test('a refused connection is an error with its code', async () => {
  await expect(forward('http://127.0.0.1:1', REQUEST)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  })
})

test('a request target that is a whole URL is read as its path', async () => {
  const requests: SentRequest[] = []
  const server = await serve(async (request) => {
    requests.push(request)
    return { status: 204, headers: {}, body: '' }
  })
  closers.push(server.close)
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${server.url}/a/?b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  await new Promise((done) => socket.resume().once('close', done))
  expect(requests).toMatchObject([{ method: 'GET', path: '/a/', query: 'b' }])
})
