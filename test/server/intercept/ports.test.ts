import { createServer as createHttpServer } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { networkInterfaces } from 'node:os'
import { duplexPair } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createCertificates } from '../../../server/intercept/certificates.js'
import { DOCUMENTED_HOSTS } from '../../../server/intercept/hosts.js'
import {
  connectTo,
  exchange,
  get,
  listenForTest,
  openTunnel,
  secure,
  startOther,
  startPorts,
} from './use-interception.js'

const HOST = 'api.zapsign.com.br'

test('a tunnel to a documented host ends at the mock', async () => {
  const { proxy, certificates, seen } = await startPorts()
  const { status, socket } = await openTunnel(proxy.url, `${HOST}:443`)
  const reply = await exchange(await secure(socket, certificates), get('/a?b=1', HOST))
  expect(status).toBe(200)
  expect(reply).toMatch(
    /^HTTP\/1\.1 200 OK\r\n[\s\S]*"from":"mock","method":"GET","url":"\/a\?b=1"/,
  )
  expect(seen).toEqual({ requests: 1, refusals: 0 })
})

test('however a documented host is written, and whatever the port, no tunnel leads outside', async () => {
  const { proxy, certificates } = await startPorts()
  const dots = fc.nat({ max: 2 }).map((count) => '.'.repeat(count))
  const name = fc.constantFrom(...DOCUMENTED_HOSTS.flatMap((host) => [host, host.toUpperCase()]))
  const port = fc.integer({ min: 1, max: 65_535 })
  await fc.assert(
    fc.asyncProperty(name, dots, port, async (host, end, number) => {
      const { socket } = await openTunnel(proxy.url, `${host}${end}:${number}`)
      const reply = await exchange(await secure(socket, certificates), get('/', HOST))
      expect(reply).toContain('"from":"mock"')
    }),
    { numRuns: 20 },
  )
})

test('plain HTTP to a documented host is redirected to https, in a tunnel and in absolute-form', async () => {
  const { proxy, open } = await startPorts()
  const { socket } = await openTunnel(proxy.url, `${HOST}:80`)
  const authorization = `proxy-authorization: Basic ${credentialsOf(proxy.url)}`
  const replies = [
    await exchange(socket, get('/a?b=1', HOST)),
    await exchange(await connectTo(open.port), get('/a?b=1', HOST)),
    await exchange(
      await connectTo(proxy.port),
      get(`http://API.zapsign.com.br.:80/a?b=1`, HOST, authorization),
    ),
  ]
  for (const reply of replies) {
    expect(reply).toMatch(/^HTTP\/1\.1 301 /)
    expect(reply.toLowerCase()).toMatch(/location: https:\/\/api\.zapsign\.com\.br\.?\/a\?b=1\r\n/)
  }
})

test('a tunnel to another host is untouched: its own certificate arrives', async () => {
  const foreign = await createCertificates()
  const other = await listenForTest(
    createHttpsServer(foreign.addresses, (_, response) => response.end('other')),
  )
  const { proxy, open, certificates } = await startPorts()
  for (const url of [proxy.url, `http://127.0.0.1:${open.port}`]) {
    const { socket } = await openTunnel(url, `127.0.0.1:${other}`)
    const reply = await exchange(await secure(socket, foreign, 'localhost'), get('/', 'localhost'))
    expect(reply).toMatch(/other$/)
    const again = await openTunnel(url, `127.0.0.1:${other}`)
    await expect(secure(again.socket, certificates, 'localhost')).rejects.toThrow('certificate')
  }
})

test('the proxy refuses requests without the credentials', async () => {
  const { proxy, seen } = await startPorts()
  const other = await startOther()
  const anonymous = `http://127.0.0.1:${proxy.port}`
  const guessed = `http://zapsign-mock:guess@127.0.0.1:${proxy.port}`
  const statuses = await Promise.all(
    [anonymous, guessed].flatMap((url) =>
      [`${HOST}:443`, `127.0.0.1:${other}`].map(async (to) => (await openTunnel(url, to)).status),
    ),
  )
  const plain = [`http://${HOST}/`, `https://${HOST}/`, `http://127.0.0.1:${other}/`].map(
    async (url) => exchange(await connectTo(proxy.port), get(url, HOST)),
  )
  expect(statuses).toEqual([407, 407, 407, 407])
  for (const reply of await Promise.all(plain)) expect(reply).toMatch(/^HTTP\/1\.1 407 /)
  expect(seen.requests).toBe(0)
})

test('absolute-form requests for other hosts are forwarded, without the credentials', async () => {
  const other = await listenForTest(
    createHttpServer(({ url, headers }, response) =>
      response.end(JSON.stringify({ url, headers })),
    ),
  )
  const { proxy } = await startPorts()
  const authorization = `proxy-authorization: Basic ${credentialsOf(proxy.url)}`
  const target = `127.0.0.1:${other}`
  const reply = await exchange(
    await connectTo(proxy.port),
    get(`http://${target}/a?b=1`, target, authorization),
  )
  expect(reply).toContain('"url":"/a?b=1"')
  expect(reply).not.toContain('proxy-authorization')
})

test('a request for https in clear is answered by the mock, and verified for other hosts', async () => {
  const foreign = await createCertificates()
  const other = await listenForTest(
    createHttpsServer(foreign.addresses, (_, response) => response.end('other')),
  )
  const { proxy } = await startPorts()
  const authorization = `proxy-authorization: Basic ${credentialsOf(proxy.url)}`
  const send = async (url: string) =>
    exchange(await connectTo(proxy.port), get(url, HOST, authorization))
  expect(await send(`https://${HOST}/a`)).toContain('"from":"mock"')
  // This process does not trust the other server's authority: verification is on.
  expect(await send(`https://127.0.0.1:${other}/`)).toMatch(/^HTTP\/1\.1 502 /)
  expect(await send('https://[/')).toMatch(/^HTTP\/1\.1 400 /)
})

test('other hosts are reached through the user’s own proxy, with its credentials', async () => {
  const asked: unknown[] = []
  const upstream = createHttpServer()
  upstream.on('connect', ({ url, headers }, socket) => {
    asked.push([url, headers['proxy-authorization']])
    socket.end('HTTP/1.1 200 OK\r\n\r\nfrom upstream')
  })
  const port = await listenForTest(upstream)
  const { proxy, open } = await startPorts({
    upstreamOf: () => `http://me:secret@127.0.0.1:${port}`,
  })
  const { socket } = await openTunnel(proxy.url, 'other.example:443')
  expect(await exchange(socket, '')).toBe('from upstream')
  // The open port would lend the user's credentials to anybody.
  await openTunnel(`http://127.0.0.1:${open.port}`, 'localhost:1').catch(() => {})
  const documented = await openTunnel(proxy.url, `${HOST}:443`)
  expect(documented.status).toBe(200)
  expect(asked).toEqual([
    ['other.example:443', `Basic ${Buffer.from('me:secret').toString('base64')}`],
  ])
})

test('the mock never sees the proxy’s credentials, not even from clients that repeat them', async () => {
  const { proxy, certificates } = await startPorts()
  const { socket } = await openTunnel(proxy.url, `${HOST}:443`)
  const authorization = `Proxy-Authorization: Basic ${credentialsOf(proxy.url)}`
  const reply = await exchange(await secure(socket, certificates), get('/', HOST, authorization))
  expect(reply).toContain('"from":"mock"')
  expect(reply.toLowerCase()).not.toContain('proxy-authorization')
})

test('HTTP/2 reaches the mock with host, headers and body', async () => {
  const { open, certificates } = await startPorts({
    listener(request, response) {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        const { method, url, headers, httpVersion } = request
        response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], connection: 'close' })
        response.end(JSON.stringify({ method, url, headers, httpVersion, body }))
      })
    },
  })
  const socket = connectTls({
    ca: certificates.ca,
    port: open.port,
    servername: HOST,
    ALPNProtocols: ['h2'],
  })
  const session = connectHttp2(`https://${HOST}`, { createConnection: () => socket })
  onTestFinished(() => session.destroy())
  const stream = session.request({ ':method': 'POST', ':path': '/a?b=1', 'x-one': 'two' })
  stream.end('the body')
  const [headers, text] = await new Promise<[Record<string, unknown>, string]>(
    (resolve, reject) => {
      let received = ''
      let head = {}
      stream.on('response', (response) => (head = response))
      stream.on('data', (chunk) => (received += chunk))
      stream.on('end', () => resolve([head, received]))
      stream.on('error', reject)
    },
  )
  expect(headers).toMatchObject({ ':status': 201, 'set-cookie': ['a=1', 'b=2'] })
  expect(JSON.parse(text)).toMatchObject({
    method: 'POST',
    url: '/a?b=1',
    httpVersion: '1.1',
    headers: { 'x-one': 'two' },
    body: 'the body',
  })
})

test('a client that refuses the certificate is counted', async () => {
  const { open, seen } = await startPorts()
  const socket = await connectTo(open.port)
  socket.write(await clientHello())
  await new Promise((resolve) => socket.once('data', resolve))
  // The alert "unknown CA", fatal: RFC 5246, section 7.2.
  socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 48]))
  await new Promise((resolve) => socket.once('close', resolve))
  expect(seen).toEqual({ requests: 0, refusals: 1 })
})

/** The first message of a client that speaks TLS 1.2, where alerts are not encrypted yet. */
function clientHello(): Promise<Buffer> {
  const [near, far] = duplexPair()
  connectTls({ socket: near, servername: HOST, maxVersion: 'TLSv1.2' }).on('error', () => {})
  return new Promise((resolve) => far.once('data', resolve))
}

test('the ports listen on loopback only', async () => {
  const { proxy, open } = await startPorts()
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === 'IPv4')
  for (const { address } of outside.filter((one) => one !== undefined)) {
    for (const { port } of [proxy, open]) {
      const outcome = await new Promise((resolve) => {
        const socket = connectTcp({ port, host: address }, () => resolve('connected'))
        socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
        onTestFinished(() => void socket.destroy())
      })
      expect(outcome).not.toBe('connected')
    }
  }
})

function credentialsOf(url: string): string {
  const { username, password } = new URL(url)
  return Buffer.from(`${username}:${password}`).toString('base64')
}
