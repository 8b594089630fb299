import { connect as connectSocket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, type StartServerOptions, startServer } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'
import { JSON_TYPE } from '../../support.js'

async function start(options?: StartServerOptions) {
  const server = await startServer(options)
  onTestFinished(server.close)
  return server
}

interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

/** Sends a head as it stands, and reads the reply until the connection closes. */
function talk(port: number, lines: readonly string[], host = '127.0.0.1'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connectSocket(port, host, () => {
      socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`)
    })
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', reject).on('close', () => {
      const [head = '', body = ''] = heard.split('\r\n\r\n')
      const [status = '', ...headers] = head.split('\r\n')
      const pairs = headers.map((line) => line.toLowerCase().split(': '))
      resolve({ status: Number(status.split(' ')[1]), headers: Object.fromEntries(pairs), body })
    })
  })
}

const get = (path: string, ...headers: string[]) => [`GET /__zapsign/${path} HTTP/1.1`, ...headers]

const advance = (...headers: string[]) => [
  'POST /__zapsign/reset HTTP/1.1',
  'Content-Type: application/json',
  'Content-Length: 0',
  ...headers,
]

test.each([
  'localhost',
  'LOCALHOST.',
  'localhost:1',
  'a.localhost',
  '127.0.0.1',
  '127.1.2.3:80',
  '[::1]:9277',
])('the Host %s is let through', async (host) => {
  const { port } = await start()
  expect((await talk(port, get('time', `Host: ${host}`))).status).toBe(200)
})

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:9277',
  '192.168.1.1',
  '127.0.0.1@evil.example',
  '[::2]',
  '',
])('the Host %j is refused: a DNS name may lead here from any page', async (host) => {
  const { port, zapsign } = await start()
  zapsign.outcomes.next('timeout')
  const { status, body, headers } = await talk(port, advance(`Host: ${host}`))
  expect([status, headers['content-type']]).toEqual([403, 'application/problem+json'])
  expect(JSON.parse(body).detail).toMatch(/^The Host header must be .*--control-host/)
  expect(zapsign.outcomes.pending).toHaveLength(1)
})

test('a missing Host, and a second one, are refused', async () => {
  const { port } = await start()
  expect((await talk(port, ['GET /__zapsign/time HTTP/1.0'])).status).toBe(403)
  const two = get('time', 'Host: localhost', 'Host: evil.example')
  expect([400, 403]).toContain((await talk(port, two)).status)
})

test('a host that --control-host names is let through', async () => {
  const { port } = await start({ control: { hosts: ['Zap.Internal'] } })
  const status = async (host: string) => (await talk(port, get('time', `Host: ${host}`))).status
  expect(await status('zap.internal:9277')).toBe(200)
  expect(await status('x.zap.internal')).toBe(403)
})

test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost', 'file://'])(
  'the Origin %s is refused',
  async (origin) => {
    const { port, zapsign } = await start()
    zapsign.outcomes.next('timeout')
    const headers = [`Host: 127.0.0.1:${port}`, `Origin: ${origin}`]
    for (const head of [get('time', ...headers), advance(...headers), get('health', ...headers)]) {
      const { status, body, headers: sent } = await talk(port, head)
      expect([status, JSON.parse(body).detail]).toEqual([
        403,
        `The Origin header must be that of the mock itself, got "${origin}"`,
      ])
      expect(Object.keys(sent).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    expect(zapsign.outcomes.pending).toHaveLength(1)
  },
)

test('the Origin of the mock itself is let through', async () => {
  const { port, url } = await start()
  const head = get('time', `Host: 127.0.0.1:${port}`, `Origin: ${url}`)
  expect((await talk(port, head)).status).toBe(200)
})

test.each([
  ['cross-site', 403],
  ['same-site', 403],
  ['same-origin', 200],
  ['none', 200],
])('Sec-Fetch-Site: %s is answered with %d', async (site, expected) => {
  const { port } = await start()
  const head = get('time', 'Host: localhost', `Sec-Fetch-Site: ${site}`)
  expect((await talk(port, head)).status).toBe(expected)
})

test('only a plain navigation to the page is let through from another site', async () => {
  const { port } = await start()
  const status = async (path: string, mode: string, dest: string) => {
    const headers = ['Host: localhost', 'Sec-Fetch-Site: cross-site']
    const head = get(path, ...headers, `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${dest}`)
    return (await talk(port, head)).status
  }
  expect(await status('', 'navigate', 'document')).toBe(200)
  expect(await status('', 'navigate', 'iframe')).toBe(403)
  expect(await status('', 'no-cors', 'script')).toBe(403)
  expect(await status('state', 'navigate', 'document')).toBe(403)
})

test('a form on another site changes nothing', async () => {
  const { port, zapsign } = await start()
  zapsign.outcomes.next('timeout')
  const type = 'Content-Type: application/x-www-form-urlencoded'
  const head = ['POST /__zapsign/reset HTTP/1.1', `Host: localhost:${port}`, type]
  expect((await talk(port, [...head, 'Content-Length: 0'])).status).toBe(415)
  const foreign = [...head, 'Content-Length: 0', 'Origin: http://evil.example']
  expect((await talk(port, foreign)).status).toBe(403)
  expect(zapsign.outcomes.pending).toHaveLength(1)
})

test('a preflight request is not allowed, with or without the option cors', async () => {
  const { port } = await start({ cors: true })
  const { status, headers } = await talk(port, [
    'OPTIONS /__zapsign/reset HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Origin: http://evil.example',
    'Access-Control-Request-Method: POST',
  ])
  expect(status).toBe(403)
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  const own = ['OPTIONS /__zapsign/reset HTTP/1.1', `Host: 127.0.0.1:${port}`]
  const allowed = await talk(port, own)
  expect([allowed.status, allowed.headers['allow']]).toEqual([405, 'post'])
})

test('every reply is kept out of caches and out of other sites', async () => {
  const { port } = await start()
  for (const path of ['time', 'nothing', 'requests?x=1', 'openapi.json', '']) {
    const { headers } = await talk(port, get(path, 'Host: localhost'))
    expect(headers, path).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

test('the page cannot be framed, and sends no form', async () => {
  const { port } = await start()
  const { headers } = await talk(port, get('', 'Host: localhost'))
  const policy = headers['content-security-policy'] ?? ''
  for (const name of ['frame-ancestors', 'base-uri', 'form-action'])
    expect(policy).toContain(`${name} 'none'`)
  expect(policy).not.toContain('unsafe')
})

test('a control token is required, and only in the Authorization header', async () => {
  const { url } = await start({ control: { token: 'S3cret' } })
  const ask = (path: string, authorization?: string) =>
    fetch(`${url}/__zapsign/${path}`, authorization ? { headers: { authorization } } : {})
  const missing = await ask('time')
  expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer realm="zapsign-mock control"',
  ])
  for (const wrong of ['Bearer s3cret', 'Bearer S3cretX', 'Basic S3cret', 'S3cret', 'Bearer'])
    expect((await ask('time', wrong)).status, wrong).toBe(401)
  expect((await ask('time?token=S3cret')).status).toBe(401)
  expect((await ask('unknown')).status).toBe(401)
  expect((await ask('time', 'Bearer S3cret')).status).toBe(200)
  expect((await ask('events', 'Bearer wrong')).status).toBe(401)
  expect((await ask('health')).status).toBe(200)
  expect((await ask('')).status).toBe(200)
})

test('no reply contains a password, a key or a token', async () => {
  const secrets = ['Passw0rd-1', 'signing-key-2', 'api-token-3', 'control-4', 'claim-5']
  const [password = '', signingKey = '', apiToken = '', token = '', claim = ''] = secrets
  const { url } = await start({
    users: [{ username: 'ana', password }],
    signingKey,
    apiTokens: [apiToken],
    claims: { secret: claim },
    control: { token },
  })
  const headers = { ...JSON_TYPE, authorization: `Bearer ${token}` }
  const body = JSON.stringify({ username: 'ana', password })
  await fetch(`${url}/api/v1/auth/token/${password}/`, { method: 'POST', headers, body })
  for (const path of [
    'state',
    'config',
    'users',
    'requests',
    'login-limit',
    'outcomes',
    'health',
  ]) {
    const text = await (await fetch(`${url}/__zapsign/${path}`, { headers })).text()
    for (const secret of secrets) expect(text, path).not.toContain(secret)
  }
  const wrong = await fetch(`${url}/__zapsign/users`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username: 'bia', password: ` ${password}` }),
  })
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.not.stringContaining(password)])
})

test('a body that is too large is refused', async () => {
  const { url, port } = await start()
  const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ by: 'x'.repeat(2e5) }) }
  expect((await fetch(`${url}/__zapsign/time/advance`, init)).status).toBe(413)
  const head = [
    'POST /__zapsign/reset HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
  ]
  expect((await talk(port, [...head, 'Content-Length: 99999999999'])).status).toBe(413)
})

/** An address of this machine that other machines can call, if it has one. */
const OUTER = Object.values(networkInterfaces())
  .flatMap((list = []) => list)
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

test('beyond loopback the control API is off without a token', async () => {
  const { port } = await start({ host: '0.0.0.0' })
  const { status, headers } = await talk(port, get('health', 'Host: localhost'))
  expect([status, headers['content-type']]).toEqual([404, 'text/html'])
  const home = await talk(port, ['GET / HTTP/1.1', 'Host: localhost'])
  expect([home.status, home.body.includes('__zapsign')]).toEqual([200, false])
})

test('beyond loopback a token turns the control API on', async ({ skip }) => {
  const { port } = await start({ host: '0.0.0.0', control: { token: 'abc' } })
  const bearer = 'Authorization: Bearer abc'
  expect((await talk(port, get('time', 'Host: localhost', bearer))).status).toBe(200)
  if (!OUTER) return skip('NOT RUN: this machine has only loopback addresses')
  expect((await talk(port, get('time', `Host: ${OUTER}:${port}`, bearer), OUTER)).status).toBe(200)
  expect((await talk(port, get('time', 'Host: evil.example', bearer), OUTER)).status).toBe(403)
  expect((await talk(port, get('time', `Host: ${OUTER}`), OUTER)).status).toBe(401)
})

test('an app that other machines can call lets only this machine in without a token', async ({
  skip,
}) => {
  const listening = createApp(createZapSign(), { control: true }).listen(0, '0.0.0.0')
  onTestFinished(() => void listening.close())
  await new Promise((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as { port: number }
  expect((await talk(port, get('time', 'Host: localhost'))).status).toBe(200)
  if (!OUTER) return skip('NOT RUN: this machine has only loopback addresses')
  expect((await talk(port, get('time', `Host: ${OUTER}`), OUTER)).status).toBe(403)
})

test('createApp has no control API and no page at / unless control is set', async () => {
  const listening = createApp().listen(0, '127.0.0.1')
  onTestFinished(() => void listening.close())
  await new Promise((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as { port: number }
  expect((await talk(port, get('health', 'Host: localhost'))).status).toBe(404)
  expect((await talk(port, ['GET / HTTP/1.1', 'Host: localhost'])).status).toBe(404)
})

test('control: false turns off the control API and the page at /', async () => {
  const { port } = await start({ control: false })
  expect((await talk(port, get('health', 'Host: localhost'))).status).toBe(404)
})
