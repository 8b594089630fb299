import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, type StartServerOptions, startServer } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'

async function start(options: StartServerOptions = {}) {
  const server = await startServer({ warnings: false, ...options })
  onTestFinished(server.close)
  return server
}

/** Sends a request as a reverse proxy passes it on, and reads the status, the redirect and the body. */
function send(port: number, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; location?: string | undefined; body: string }>(
    (resolve, reject) => {
      const sent = request({ port, path, headers: { host: '127.0.0.1', ...headers } })
      sent.on('error', reject).on('response', async (response) => {
        let body = ''
        for await (const chunk of response) body += chunk
        resolve({ status: response.statusCode, location: response.headers.location, body })
      })
      sent.end()
    },
  )
}

const PROXIED = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'mock.example:8443' }
const PRODUCTION = {
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'api.zapsign.com.br, inner.example',
}
const TO_HTTPS = 'https://api.zapsign.com.br/api/v1/users/?page=1'

async function usersPage(options: StartServerOptions, headers: Record<string, string>) {
  const users = Array.from({ length: 26 }, (_, index) => ({ username: `u${index}`, password: 'a' }))
  const { port, zapsign } = await start({ ...options, users })
  const { access } = await zapsign.issueTokenPair()
  const authorization = `Bearer ${access}`
  const { body } = await send(port, '/api/v1/users/', { authorization, ...headers })
  return new URL(JSON.parse(body).next).origin
}

test('links and redirects follow X-Forwarded-Proto and X-Forwarded-Host with trustProxy', async () => {
  expect(await usersPage({ trustProxy: true }, PROXIED)).toBe('https://mock.example:8443')
  expect(await usersPage({ trustProxy: true }, {})).toBe('http://127.0.0.1')
  expect(await usersPage({ trustProxy: true }, { 'x-forwarded-proto': 'ftp' })).toBe(
    'http://127.0.0.1',
  )
  const { port } = await start({ trustProxy: true })
  const { status, location } = await send(port, '/api/v1/users/?page=1', PRODUCTION)
  expect([status, location]).toEqual([301, TO_HTTPS])
})

test('X-Forwarded headers are ignored without trustProxy', async () => {
  expect(await usersPage({}, PROXIED)).toBe('http://127.0.0.1')
  const { port } = await start()
  expect((await send(port, '/api/v1/users/?page=1', PRODUCTION)).status).not.toBe(301)
})

test('a malformed X-Forwarded-Host gets the 400 of a malformed Host', async () => {
  const { port } = await start({ trustProxy: true })
  const { status } = await send(port, '/api/v1/docs', { 'x-forwarded-host': 'a"b' })
  expect(status).toBe(400)
})

test('behind a proxy the control API needs a token, because a proxy hides who calls', async () => {
  const open = await start({ trustProxy: true })
  expect((await send(open.port, '/__zapsign/state', {})).status).toBe(404)
  const { port } = await start({ trustProxy: true, control: { token: 'a-control-token' } })
  const authorization = 'Bearer a-control-token'
  expect((await send(port, '/__zapsign/state', {})).status).toBe(401)
  expect((await send(port, '/__zapsign/state', { authorization })).status).toBe(200)
  const create = () => createApp(createZapSign(), { trustProxy: true, control: true })
  expect(create).toThrow('`control` needs a token with `trustProxy`: control: { token }')
})
