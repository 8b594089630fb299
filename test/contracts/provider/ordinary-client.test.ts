import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { verifyProvider } from '../../../contracts/index.js'
import { writePact } from '../../../contracts/pact/write-pact.js'
import { VERSION } from '../../../src/version.js'
import { ANA, create, useResources, V2, verifyQuickly } from './support.js'

const { listen, pactOf, serve, startTampered, write } = useResources()

afterEach(() => vi.unstubAllEnvs())

/** A provider that records the requests, and answers each with an empty object. */
async function record() {
  const heard: { line: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push({ line: `${request.method} ${request.url}`, headers: request.headers, body })
    response.setHeader('content-type', 'application/json')
    response.end('{}')
  })
  return { heard, url }
}

type Request = Record<string, unknown>

/** A pact in specification 2 about requests that expect a status. */
function pactOfRequests(...requests: [Request, number?][]): string {
  const interactions = requests.map(([request, status = 200], index) => ({
    description: `request ${index}`,
    request: { method: 'POST', path: '/api/v1/other/', ...request },
    response: { status },
  }))
  return write('requests.json', { ...V2, interactions })
}

test('headers of the options are added unless the request has one of that name, and are not shown', async () => {
  const { heard, url } = await record()
  const pacts = [pactOfRequests([{}, 418], [{ headers: { 'x-api-key': 'own' } }])]
  const headers = { 'X-Api-Key': 'hidden-key', 'X-Other': 'hidden-other' }
  const report = await verifyProvider({ baseUrl: url, ...ANA, headers, pacts })
  expect(heard.map((one) => [one.headers['x-api-key'], one.headers['x-other']])).toEqual([
    ['hidden-key', 'hidden-other'],
    ['own', 'hidden-other'],
  ])
  expect(heard[0]?.headers['user-agent']).toBe(`zapsign-mock/${VERSION}`)
  expect(JSON.stringify(report)).not.toContain('hidden')
})

test('headers of a recorded connection are not sent', async () => {
  const { heard, url } = await record()
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': '999',
    Host: 'api.zapsign.com.br',
    Connection: 'keep-alive, X-Hop',
    'X-Hop': 'a',
    'Transfer-Encoding': 'chunked',
    Expect: '100-continue',
    'Accept-Encoding': 'identity',
    'X-Own': 'kept',
  }
  const pacts = [pactOfRequests([{ headers, body: { a: 1 } }])]
  const report = await verifyProvider({ baseUrl: url, ...ANA, pacts })
  expect(report.interactions).toMatchObject([{ result: 'kept' }])
  expect(heard[0]?.headers).toEqual({
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    connection: 'close',
    'content-length': '7',
    'content-type': 'application/json',
    host: new URL(url).host,
    'user-agent': `zapsign-mock/${VERSION}`,
    'x-own': 'kept',
  })
})

test('a recorded Content-Length does not make Pact wait for a body that never comes', async () => {
  const { heard, url } = await record()
  const headers = { 'Content-Type': 'application/json', 'content-length': '999' }
  const pacts = [pactOfRequests([{ headers, body: { a: 1 } }])]
  const { kept } = await verifyProvider({ baseUrl: url, ...ANA, pacts })
  expect([kept, heard.map(({ body }) => body)]).toEqual([true, ['{"a":1}']])
}, 20_000)

test('numbers and the order of keys reach the provider as the pact has them', async () => {
  const { heard, url } = await record()
  const body = '{"z":1.0,"a":12345678901234567890123,"m":[1e2,0.10]}'
  const pact = { ...V2, interactions: [] as object[] }
  const headers = { 'Content-Type': 'application/json' }
  pact.interactions.push({
    description: 'numbers',
    request: { method: 'POST', path: '/api/v1/other/', headers, body: 'BODY' },
    response: { status: 200 },
  })
  const file = write('numbers.json', JSON.stringify(pact).replace('"BODY"', body))
  const { kept } = await verifyProvider({ baseUrl: url, ...ANA, pacts: [file] })
  expect([kept, heard.map((one) => one.body)]).toEqual([true, [body]])
})

test('a compressed reply is read', async () => {
  const { url: plain } = await startTampered()
  const url = await serve(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', headers } = request
    const body = Buffer.concat(chunks)
    const init = { method, headers: headers as never, ...(body.length > 0 && { body }) }
    const reply = await fetch(plain + request.url, init)
    const type = reply.headers.get('content-type') ?? ''
    response.writeHead(reply.status, { 'content-type': type, 'content-encoding': 'gzip' })
    response.end(gzipSync(await reply.text()))
  })
  const pacts = [pactOf('authenticated', 'invalidCredentials', 'refreshed', 'authorized')]
  expect(await verifyQuickly({ baseUrl: url, ...ANA, pacts })).toMatchObject({ kept: true })
})

test('the provider is called through the proxy of the environment', async () => {
  const asked: string[] = []
  const proxy = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  vi.stubEnv('HTTP_PROXY', proxy)
  const pacts = [pactOfRequests([{ method: 'GET' }])]
  const report = await verifyProvider({ baseUrl: 'http://provider.example', ...ANA, pacts })
  expect([report.kept, asked]).toEqual([true, ['GET http://provider.example/api/v1/other/']])
})

const JSON_HEADERS = { 'Content-Type': 'application/json' }
const TOKENS = [
  [
    'the access token is valid',
    { method: 'GET', path: '/api/v1/docs/', headers: { Authorization: 'Bearer old-access' } },
    200,
  ],
  [
    'the refresh token is valid',
    {
      path: '/api/v1/auth/token-refresh/',
      headers: JSON_HEADERS,
      body: { refresh: 'old-refresh' },
    },
    200,
  ],
  [
    'the access token has expired',
    { method: 'GET', path: '/api/v1/docs/', headers: { authorization: 'Bearer old-access' } },
    401,
  ],
  [
    'the refresh token has expired',
    {
      path: '/api/v1/auth/token-refresh/',
      headers: JSON_HEADERS,
      body: { refresh: 'old-refresh' },
    },
    401,
  ],
  [
    'the user can sign in',
    {
      path: '/api/v1/auth/token/42/',
      headers: JSON_HEADERS,
      body: { username: 'joe', password: 'secret-1' },
    },
    200,
  ],
  [
    'the user can sign in',
    {
      path: '/api/v1/auth/token/42/',
      headers: JSON_HEADERS,
      body: { username: 'joe', password: 'StrongPassword123' },
    },
    401,
  ],
  [
    'login attempts are exceeded',
    {
      path: '/api/v1/auth/token/42/',
      headers: JSON_HEADERS,
      body: { username: 'joe', password: 'secret-1' },
    },
    400,
  ],
] as const

test.each(TOKENS)(
  'a pact in specification 2 cannot name values: in the state "%s" those of the request %j are replaced',
  async (providerState, request, status) => {
    const pact = {
      ...V2,
      interactions: [
        {
          description: 'x',
          providerState,
          request: { method: 'POST', ...request },
          response: { status },
        },
      ],
    }
    const pacts = [write('two.json', pact)]
    const inMemory = await verifyProvider({ zapsign: create(), pacts })
    expect(inMemory.interactions).toEqual([
      { consumer: 'by hand', description: 'x', result: 'kept' },
    ])
    const { url, zapsign } = await startTampered()
    const atUrl = await verifyQuickly({ baseUrl: url, ...ANA, includeRateLimit: true, pacts })
    expect(atUrl.interactions[0]?.faults).toBeUndefined()
    expect(zapsign.journal.entries.map(({ path }) => path).join()).not.toContain('/42/')
  },
)

test('values that a state does not give are sent as the pact has them', async () => {
  const { heard, url } = await record()
  const headers = { Authorization: 'Bearer old-access' }
  const pacts = [pactOfRequests([{ method: 'GET', headers }])]
  await verifyProvider({ baseUrl: url, ...ANA, pacts })
  expect(heard[0]?.headers['authorization']).toBe('Bearer old-access')
})

test('a pact that names its token keeps another one', async () => {
  const pact = JSON.parse(writePact('web', ['expired']))
  const [interaction] = pact.interactions
  interaction.providerStates = [{ name: 'the access token is valid', params: { accessToken: 'x' } }]
  interaction.request.headers = { Authorization: ['Bearer another.one.entirely'] }
  delete interaction.request.generators
  const report = await verifyProvider({ zapsign: create(), pacts: [write('four.json', pact)] })
  expect(report.interactions).toMatchObject([{ result: 'kept' }])
})

test('a request that Pact cannot send is broken, in the words of Pact', async () => {
  const { heard, url } = await record()
  const pacts = [pactOfRequests([{ headers: { 'Bad Header': 'x' } }], [{}])]
  const report = await verifyProvider({ baseUrl: url, ...ANA, pacts })
  expect(report).toMatchObject({
    kept: false,
    interactions: [
      {
        result: 'broken',
        faults: [
          expect.stringMatching(
            /^the request did not reach the provider: Pact says "Invalid header name/,
          ),
        ],
      },
      { result: 'kept' },
    ],
  })
  expect(heard).toHaveLength(1)
})

test('a request that never reached the provider is not kept when Pact accepts the reply', async () => {
  const { heard, url } = await record()
  // Node refuses the method with 400 before the proxy sees the request.
  const pacts = [pactOfRequests([{ method: 'FROB' }, 400], [{}])]
  const report = await verifyProvider({ baseUrl: url, ...ANA, pacts })
  expect(report).toMatchObject({
    kept: false,
    interactions: [
      {
        result: 'broken',
        faults: ['the request did not reach the provider: Pact received a reply from elsewhere'],
      },
      { result: 'kept' },
    ],
  })
  expect(heard).toHaveLength(1)
})

test('a request with headers of 40 kB is checked, although Node accepts 16 kB by default', async () => {
  let received = 0
  const server = createServer({ maxHeaderSize: 100_000 }, ({ headers }, response) => {
    received = Object.keys(headers).filter((name) => name.startsWith('x-long')).length
    response.end('{}')
  })
  const names = Array.from({ length: 40 }, (_, index) => `X-Long-${index}`)
  const headers = Object.fromEntries(names.map((name) => [name, 'y'.repeat(1000)]))
  const options = { baseUrl: await listen(server), ...ANA, pacts: [pactOfRequests([{ headers }])] }
  expect([(await verifyProvider(options)).kept, received]).toEqual([true, 40])
})

/** A provider that answers each connection with bytes. */
async function serveBytes(text: string) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

test.each([
  [
    '101 Switching Protocols',
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
    'the reply has the status 101, which upgrades the protocol',
  ],
  [
    'an endless reply',
    `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5_000_001)}`,
    'the reply is larger than 5 MB',
  ],
  [
    'something else than HTTP',
    'SSH-2.0-OpenSSH_9.2\r\n',
    'the provider did not answer: HPE_INVALID_CONSTANT',
  ],
])('a provider that answers with %s is broken', async (_, text, fault) => {
  const { url, close } = await serveBytes(text)
  try {
    const pacts = [pactOf('authenticated')]
    const { interactions } = await verifyProvider({ baseUrl: url, ...ANA, pacts })
    expect(interactions).toMatchObject([{ result: 'broken', faults: [fault] }])
  } finally {
    close()
  }
})
