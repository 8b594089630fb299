import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { startServer, type ZapSignServer } from 'zapsign-mock/server'
import { createContracts } from '../src/contracts.js'
import { createReceiver } from '../src/receiver.js'
import { createZapSign } from '../src/zapsign.js'

const SECRET = 'a-secret-of-this-test'
const SIGNERS = [
  { name: 'Ana', email: 'ana@example.com' },
  { name: 'Bia', email: 'bia@example.com' },
]

// The receiver needs the address of the mock, and the mock that of the receiver: the receiver comes first.
let server: ZapSignServer
const contracts = createContracts({
  createDocument: (...args) => zapsign().createDocument(...args),
  document: (token) => zapsign().document(token),
})
const receiver = createReceiver(contracts, SECRET)
let receiverUrl: string

const zapsign = () =>
  createZapSign({
    apiUrl: `${server.url}/api/v1`,
    organizationId: '11111',
    username: 'dev@example.com.br',
    password: 'StrongPassword123',
  })

before(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  process.env['ZAPSIGN_WEBHOOK_URL'] = `${receiverUrl}/webhooks/${SECRET}`
  server = await startServer({ routes: 'zapsign-mock/examples/documents' })
})

beforeEach(() => server.zapsign.reset())

after(async () => {
  receiver.close()
  await server.close()
})

/** A person signs the next free place of a document. Resolves to what became of the webhook. */
async function sign(token: string): Promise<string> {
  const url = `${server.url}/mock/docs/${token}/sign/`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: '{}' })
  return (await response.json()).webhook
}

async function send(event: object, secret = SECRET): Promise<number> {
  const body = JSON.stringify(event)
  return (await fetch(`${receiverUrl}/webhooks/${secret}`, { method: 'POST', body })).status
}

test('a contract is signed when everybody has signed', async () => {
  const { token } = await contracts.send('a customer', SIGNERS)
  assert.equal(await sign(token), 'answered with 200')
  assert.equal(contracts.find(token)?.status, 'sent')
  assert.equal(await sign(token), 'answered with 200')
  assert.equal(contracts.find(token)?.status, 'signed')
})

test('a webhook that lies changes nothing', async () => {
  const { token } = await contracts.send('a customer', SIGNERS)
  assert.equal(await send({ event_type: 'doc_signed', token, status: 'signed' }), 200)
  assert.equal(contracts.find(token)?.status, 'sent')
})

test('a webhook without the secret is not accepted', async () => {
  const { token } = await contracts.send('a customer', SIGNERS)
  server.zapsign.journal.clear()
  assert.equal(await send({ event_type: 'doc_signed', token }, 'a-guess'), 404)
  assert.equal(server.zapsign.journal.entries.length, 0)
})

test('a webhook that comes twice does no harm', async () => {
  const { token } = await contracts.send('a customer', SIGNERS.slice(0, 1))
  await sign(token)
  assert.equal(await send({ event_type: 'doc_signed', token }), 200)
  assert.equal(contracts.find(token)?.status, 'signed')
})

test('during an outage the sender is asked to try again', async () => {
  const { token } = await contracts.send('a customer', SIGNERS.slice(0, 1))
  server.zapsign.outcomes.next('serviceUnavailable', { endpoint: 'obtain' })
  assert.equal(await sign(token), 'answered with 503')
  assert.equal(contracts.find(token)?.status, 'sent')
  assert.equal(await send({ event_type: 'doc_signed', token }), 200)
  assert.equal(contracts.find(token)?.status, 'signed')
})

test('other events and documents are received, and anything else is refused', async () => {
  assert.equal(await send({ event_type: 'doc_created', token: 'a-token' }), 200)
  assert.equal(await send({ event_type: 'doc_signed', token: 'unknown' }), 200)
  assert.equal(await send([]), 400)
})
