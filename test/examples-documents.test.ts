import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startServer } from '../server/index.js'

async function start(webhookUrl?: string) {
  vi.stubEnv('ZAPSIGN_WEBHOOK_URL', webhookUrl)
  const routes = resolve('examples/documents/index.mjs')
  const server = await startServer({ routes, warnings: false, now: 0 })
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await server.close()
  })
  const { access } = await server.zapsign.issueTokenPair()
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
}

const DOCUMENT = {
  name: 'a contract',
  url_pdf: 'https://x/a.pdf',
  signers: [{ name: 'Ana' }, { name: 'Bia' }],
}

test('a document is created, read, listed, signed and deleted', async () => {
  const call = await start()
  const { status, body: created } = await call('POST', '/api/v1/docs/', DOCUMENT)
  expect([status, created]).toEqual([
    200,
    expect.objectContaining({
      token: expect.any(String),
      status: 'pending',
      name: 'a contract',
      signers: [
        expect.objectContaining({ token: expect.any(String), name: 'Ana', status: 'new' }),
        expect.objectContaining({ token: expect.any(String), name: 'Bia', status: 'new' }),
      ],
    }),
  ])
  const path = `/api/v1/docs/${created.token}/`
  expect((await call('GET', path)).body).toEqual(created)
  expect((await call('GET', '/api/v1/docs/')).body).toMatchObject({
    count: 1,
    next: null,
    previous: null,
    results: [{ token: created.token }],
  })
  const sign = () => call('POST', `/mock/docs/${created.token}/sign/`, {})
  expect((await sign()).body).toMatchObject({ status: 'pending' })
  expect((await sign()).body).toEqual({
    status: 'signed',
    webhook: 'not sent: ZAPSIGN_WEBHOOK_URL is not set',
  })
  expect((await sign()).status).toBe(400)
  expect((await call('DELETE', path)).body).toMatchObject({ deleted: true })
  expect((await call('GET', '/api/v1/docs/unknown/')).status).toBe(404)
})

test('a document is created from a template', async () => {
  const call = await start()
  const { status, body } = await call('POST', '/api/v1/models/create-doc/', {
    template_id: 't1',
    signer_name: 'Ana',
    data: [{ de: '{{NAME}}', para: 'Ana' }],
  })
  expect([status, body.answers]).toEqual([200, [{ variable: '{{NAME}}', value: 'Ana' }]])
})

test('an attachment is added to a document', async () => {
  const call = await start()
  const { body: created } = await call('POST', '/api/v1/docs/', DOCUMENT)
  const path = `/api/v1/docs/${created.token}/`
  const { status, body: extra } = await call('POST', `${path}upload-extra-doc/`, { name: 'more' })
  expect([status, extra.open_id, (await call('GET', path)).body.extra_docs]).toEqual([
    200,
    1,
    [extra],
  ])
})

test.each([
  [{}, 'name'],
  [{ name: 'x' }, 'url_pdf'],
  [{ name: 'x', url_pdf: 'y' }, 'signers'],
])('a document with %j is refused', async (body, field) => {
  const call = await start()
  expect(await call('POST', '/api/v1/docs/', body)).toEqual({
    status: 400,
    body: { [field]: ['This field is required.'] },
  })
})

test('the webhook doc_signed goes to the address that was given at start', async () => {
  const received: unknown[] = []
  const receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  onTestFinished(() => void receiver.close())
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const call = await start(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`)
  const { body: created } = await call('POST', '/api/v1/docs/', DOCUMENT)
  const { body } = await call('POST', `/mock/docs/${created.token}/sign/`, {})
  expect(body).toEqual({ status: 'pending', webhook: 'answered with 302' })
  expect(received).toEqual([
    expect.objectContaining({
      event_type: 'doc_signed',
      token: created.token,
      status: 'pending',
      signer_who_signed: expect.objectContaining({ name: 'Ana', status: 'signed' }),
    }),
  ])
})
