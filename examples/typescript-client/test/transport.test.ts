import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '../src/errors.js'
import { start } from './mock.js'

test('an outage is waited out, longer each time', async () => {
  const { zapsign, list, waits } = await start()
  zapsign.outcomes.next('serviceUnavailable', { times: 3 })
  await list()
  assert.deepEqual(waits, [250, 500, 1000])
})

test('Retry-After is obeyed', async () => {
  for (const outcome of ['serviceUnavailable', 'tooManyRequests'] as const) {
    const { zapsign, list, waits } = await start()
    zapsign.outcomes.next(outcome, { retryAfter: '7s' })
    await list()
    assert.deepEqual(waits, [7000])
  }
})

test('a wait that is too long is an error', async () => {
  const { zapsign, list, waits } = await start()
  zapsign.outcomes.next('serviceUnavailable', { retryAfter: '1h' })
  await assert.rejects(list, Unavailable)
  assert.deepEqual(waits, [])
})

test('an outage that does not end is an error', async () => {
  const { zapsign, list } = await start()
  zapsign.outcomes.next('serviceUnavailable', { times: 9 })
  await assert.rejects(list, Unavailable)
  assert.equal(zapsign.journal.entries.length, 4)
})

test('a connection that breaks is tried again', async () => {
  const { zapsign, list } = await start()
  zapsign.outcomes.next('connectionReset', { times: 2 })
  await list()
  assert.equal(zapsign.journal.count({ outcome: 'authenticated' }), 1)
})

test('a document is not created twice', async () => {
  const { zapsign, session, list } = await start()
  const path = '/api/v1/docs/'
  const create = () => session.request({ method: 'POST', path: '/docs/', body: { name: 'a' } })
  await list()
  zapsign.outcomes.next('connectionReset', { endpoint: path })
  await assert.rejects(create, Unavailable)
  zapsign.outcomes.next('badGateway', { endpoint: path })
  assert.equal((await create()).status, 502)
  const posts = zapsign.journal.find(({ method, path: at }) => method === 'POST' && at === path)
  assert.equal(posts.length, 2)
})

test('a server that has done nothing is asked again, whatever the request', async () => {
  const { zapsign, session, list } = await start()
  await list()
  zapsign.outcomes.next('serviceUnavailable', { endpoint: '/api/v1/docs/' })
  const { status } = await session.request({ method: 'POST', path: '/docs/', body: { name: 'a' } })
  // The mock does not model it: see the example `webhook`.
  assert.equal(status, 501)
})
