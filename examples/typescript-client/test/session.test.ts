import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvalidCredentials, RateLimited, UnexpectedReply } from '../src/errors.js'
import { sessionFromEnvironment } from '../src/index.js'
import { start } from './mock.js'

const HOUR = 3_600_000
const DOCUMENTS = { method: 'GET', path: '/api/v1/docs/' } as const

/** Ten calls at the same time. */
const tenOf = (call: () => Promise<unknown>) => Promise.all(Array.from({ length: 10 }, call))

test('calls at the same time share one login', async () => {
  const { zapsign, list } = await start()
  await tenOf(list)
  await list()
  assert.equal(zapsign.journal.count({ outcome: 'authenticated' }), 1)
})

test('calls whose token has expired share one refresh', async () => {
  const { zapsign, list } = await start()
  await list()
  zapsign.time.advance('61m')
  await tenOf(list)
  assert.equal(zapsign.journal.count({ outcome: 'refreshed' }), 1)
  assert.equal(zapsign.journal.count({ outcome: 'authenticated' }), 1)
})

test('a token is refreshed before it expires', async () => {
  const { zapsign, clock, list } = await start()
  await list()
  clock.now += HOUR - 29_000
  zapsign.time.advance('3571s')
  await list()
  assert.equal(zapsign.journal.count({ outcome: 'refreshed' }), 1)
  assert.equal(zapsign.journal.count({ status: 401 }), 0)
})

test('after a refused refresh there is one new login', async () => {
  const { zapsign, list } = await start()
  await list()
  zapsign.time.advance('25h')
  await tenOf(list)
  assert.equal(zapsign.journal.count({ outcome: 'authenticated' }), 2)
})

test('an outage during a refresh keeps the session', async () => {
  const { zapsign, list } = await start()
  await list()
  zapsign.time.advance('61m')
  zapsign.outcomes.next('serviceUnavailable', { times: 4, endpoint: 'refresh' })
  await assert.rejects(list, { name: 'Unavailable' })
  await list()
  assert.equal(zapsign.journal.count({ outcome: 'authenticated' }), 1)
  assert.equal(zapsign.journal.count({ outcome: 'refreshed' }), 1)
})

test('a wrong clock on this machine does not matter', async () => {
  for (const date of ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z']) {
    const { zapsign, clock, list } = await start()
    zapsign.time.set(date)
    await list()
    await list()
    assert.equal(zapsign.journal.count({ path: '/api/v1/auth/token-refresh/' }), 0)
    clock.now += HOUR
    await list()
    assert.equal(zapsign.journal.count({ outcome: 'refreshed' }), 1)
  }
})

test('a token that is expired is recognized with either status', async () => {
  for (const unauthorizedStatus of [401, 403] as const) {
    const { zapsign, list } = await start({ unauthorizedStatus })
    await list()
    zapsign.time.advance('61m')
    await list()
    assert.equal(zapsign.journal.count({ outcome: 'refreshed' }), 1)
  }
})

test('a wrong password is sent once, and is in no message', async () => {
  const { zapsign, list } = await start({}, 'WrongPassword123')
  const isRefused = (error: Error) => {
    assert.ok(error instanceof InvalidCredentials)
    assert.doesNotMatch(error.message, /WrongPassword123/)
    return true
  }
  await assert.rejects(list, isRefused)
  await assert.rejects(list, isRefused)
  assert.equal(zapsign.journal.entries.length, 1)
})

test('after too many logins there is a pause', async () => {
  const { zapsign, clock, list, waits } = await start()
  zapsign.outcomes.next('rateLimited')
  await assert.rejects(list, RateLimited)
  await assert.rejects(list, RateLimited)
  assert.deepEqual([zapsign.journal.entries.length, waits], [1, []])
  clock.now += 60_000
  await list()
})

test('a token that is refused at once does not start a loop', async () => {
  const refusal = { status: 401, body: { code: 'token_not_valid' } }
  const { zapsign, list } = await start({ routes: [{ ...DOCUMENTS, ...refusal }] })
  await assert.rejects(list, UnexpectedReply)
  assert.deepEqual(
    zapsign.journal.entries.map(({ status }) => status),
    [200, 401, 200, 401],
  )
})

test('all pages are read, on the host of the API', async () => {
  const link = 'http://api.zapsign.com.br/api/v1/docs/?page=2'
  const first = { body: { count: 2, next: link, results: [{ token: 'a' }] } }
  const second = { body: { count: 2, next: null, results: [{ token: 'b' }] } }
  const { list } = await start({ routes: [{ ...DOCUMENTS, replies: [first, second] }] })
  assert.deepEqual(await list(), [{ token: 'a' }, { token: 'b' }])
})

test('a setting that is missing is named', () => {
  assert.throws(() => sessionFromEnvironment({}), /ZAPSIGN_API_URL/)
})

test('a reply that breaks off is an error', async () => {
  const { zapsign, list } = await start()
  zapsign.outcomes.next('malformedBody')
  await assert.rejects(list, UnexpectedReply)
})
