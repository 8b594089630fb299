import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { sendRequest } from '../../../contracts/provider/http-client.js'
import { VERSION } from '../../../src/version.js'
import { useResources } from './support.js'

const { listen, serve } = useResources()

afterEach(() => vi.unstubAllEnvs())

const GET = { method: 'GET', path: '/a%2fb/', query: 'x=1&y', headers: {}, body: '' }

/** A server that records the requests, and answers with the same reply. */
async function record(
  status = 200,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
) {
  const requests: { line: string; headers: IncomingHttpHeaders; body: string }[] = []
  const url = await serve(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    requests.push({
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      body: text,
    })
    response.writeHead(status, headers).end(body)
  })
  return { url, requests }
}

test('a request is sent as it is, below the path of the base URL', async () => {
  const { url, requests } = await record()
  const body = '{ "a" : 1.0 }'
  const headers = { 'content-type': 'application/json', 'user-agent': 'client/1' }
  await sendRequest(`${url}/base/`, { ...GET, method: 'POST', headers, body })
  expect(requests).toMatchObject([{ line: 'POST /base/a%2fb/?x=1&y', headers, body }])
})

test('it has a User-Agent, and no headers that belong to another connection', async () => {
  const { url, requests } = await record()
  const recorded = {
    host: 'api.zapsign.com.br',
    connection: 'keep-alive',
    'content-length': '999',
    'transfer-encoding': 'chunked',
    'accept-encoding': 'identity',
    expect: '100-continue',
    upgrade: 'h2c',
  }
  await sendRequest(url, { ...GET, headers: recorded })
  expect(requests[0]?.headers).toEqual({
    host: new URL(url).host,
    connection: 'close',
    'user-agent': `zapsign-mock/${VERSION}`,
    'accept-encoding': 'gzip, deflate, br',
  })
})

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('a reply in %s is decompressed', async (encoding, compress) => {
  const headers = { 'content-encoding': encoding, 'x-other': 'kept' }
  const { url } = await record(200, headers, compress('{"access":"ü"}'))
  const reply = await sendRequest(url, GET)
  expect(reply).toMatchObject({ status: 200, body: '{"access":"ü"}' })
  expect(reply.headers).toMatchObject({ 'x-other': 'kept' })
  expect(reply.headers).not.toHaveProperty('content-encoding')
})

test('a reply in several encodings is decompressed', async () => {
  const body = brotliCompressSync(gzipSync('text'))
  const { url } = await record(200, { 'content-encoding': 'gzip, br' }, body)
  expect((await sendRequest(url, GET)).body).toBe('text')
})

test.each([
  [
    'that is not what its encoding says',
    'gzip',
    'text',
    'the body of the reply could not be decompressed (gzip)',
  ],
  [
    'in an unsupported encoding',
    'zstd',
    'text',
    'the reply has the unsupported Content-Encoding "zstd"',
  ],
  [
    'that grows when it is decompressed',
    'gzip',
    gzipSync('x'.repeat(6_000_000)),
    'the reply is larger than 5 MB',
  ],
])('a body %s is refused', async (_, encoding, body, message) => {
  const { url } = await record(200, { 'content-encoding': encoding }, body)
  await expect(sendRequest(url, GET)).rejects.toThrow(new Error(message))
})

test('the reply to HEAD names an encoding, and has no body', async () => {
  const { url } = await record(200, { 'content-encoding': 'gzip' })
  expect(await sendRequest(url, { ...GET, method: 'HEAD' })).toMatchObject({ body: '' })
})

test('a body that is not UTF-8 is a fault', async () => {
  const { url } = await record(200, {}, Buffer.from([0x7b, 0xff, 0x7d]))
  expect(await sendRequest(url, GET)).toMatchObject({
    encodingFault: 'the body is not valid UTF-8',
  })
})

/** A server that answers each connection with bytes. */
async function serveBytes(text: string) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

test('101 Switching Protocols is not waited for', async () => {
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'
  const { url, server } = await serveBytes(upgrade)
  try {
    await expect(sendRequest(url, GET)).rejects.toThrow(
      'the reply has the status 101, which upgrades the protocol',
    )
  } finally {
    server.close()
  }
})

test('interim replies without an end do not extend the time limit', async () => {
  const { url, server } = await serveBytes('HTTP/1.1 102 Processing\r\n\r\n'.repeat(3))
  try {
    await expect(sendRequest(url, GET, { time: 50 })).rejects.toThrow(
      'no complete reply came within 0.05 s',
    )
  } finally {
    server.close()
  }
})

/** A proxy that answers itself, and records what it is asked. */
async function startProxy() {
  const asked: string[] = []
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('from the proxy')
  })
  return { asked, proxy: url }
}

test.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])('%s is used', async (variable) => {
  const { asked, proxy } = await startProxy()
  vi.stubEnv(variable, proxy)
  const { body } = await sendRequest('http://provider.example', GET)
  expect([body, asked]).toEqual(['from the proxy', ['GET http://provider.example/a%2fb/?x=1&y']])
})

test('HTTPS_PROXY is asked for a tunnel, and its refusal is not taken for a reply', async () => {
  const tunnels: (string | undefined)[] = []
  const server = createServer()
  server.on('connect', ({ url }, socket) => {
    tunnels.push(url)
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n')
  })
  vi.stubEnv('HTTPS_PROXY', (await listen(server)).replace('//', '//ana:hidden@'))
  await expect(sendRequest('https://provider.example', GET)).rejects.toThrow(
    new Error('the proxy refused the connection with 407'),
  )
  expect(tunnels).toEqual(['provider.example:443'])
})

test.each([
  ['NO_PROXY', { NO_PROXY: 'provider.example,127.0.0.1' }],
  ['a loopback address', {}],
])('a proxy is not used for %s', async (_, environment) => {
  const { proxy, asked } = await startProxy()
  const { url } = await record(200, {}, 'direct')
  vi.stubEnv('HTTP_PROXY', proxy)
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  expect([(await sendRequest(url, GET)).body, asked]).toEqual(['direct', []])
})

test('a proxy that is not a URL is named, without its value', async () => {
  vi.stubEnv('HTTP_PROXY', 'socks5://ana:hidden@proxy')
  await expect(sendRequest('http://provider.example', GET)).rejects.toThrow(
    new Error('the proxy in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not an http or https URL'),
  )
})
