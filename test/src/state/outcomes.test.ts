import { expect, test, vi } from 'vitest'
import { createZapSign, type OutcomeName } from '../../../src/index.js'
import {
  CREDENTIALS,
  call,
  DOCS,
  OBTAIN,
  post,
  REFRESH,
  read,
  signIn,
  TOO_MANY,
  WRONG_CREDENTIALS,
} from '../../support.js'

const answerTo = async (name: OutcomeName) => {
  const zapsign = createZapSign()
  zapsign.outcomes.next(name)
  const { status, headers, body } = await read(await signIn(zapsign))
  return { status, type: headers['content-type'], source: headers['x-zapsign-mock'], body }
}

test.each<[OutcomeName, number, string, unknown]>([
  ['invalidCredentials', 401, 'application/json', WRONG_CREDENTIALS],
  ['rateLimited', 400, 'application/json', TOO_MANY],
  ['tooManyRequests', 429, 'application/json', { detail: 'Request was throttled.' }],
  ['serverError', 500, 'text/html', expect.stringContaining('Server Error (500)')],
  ['badGateway', 502, 'text/html', expect.stringContaining('502 Bad Gateway')],
  ['serviceUnavailable', 503, 'text/html', expect.stringContaining('503 Service Unavailable')],
])('%s is forced on a right login', async (name, status, type, body) => {
  expect(await answerTo(name)).toEqual({ status, type, source: 'forced', body })
})

test('malformedBody is a 200 that does not parse', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('malformedBody')
  const response = await signIn(zapsign)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
  await expect(response.json()).rejects.toThrow(SyntaxError)
})

test('authenticated is forced on a wrong login: the named user is signed in', async () => {
  const ana = { username: 'ana@example.com', password: 'a', id: 5 }
  const zapsign = createZapSign({ users: [{ username: 'x', password: 'x' }, ana], seed: 1 })
  zapsign.outcomes.next('authenticated', { times: 2 })
  const named = await read(await signIn(zapsign, { username: ana.username, password: 'wrong' }))
  const unknown = await read(await signIn(zapsign, { username: 'nobody', password: 'wrong' }))
  const userIds = [named, unknown].map(({ body }) => {
    const [, payload = ''] = (body as { access: string }).access.split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString())['user_id']
  })
  expect([named.status, named.headers['x-zapsign-mock'], ...userIds]).toEqual([200, 'forced', 5, 1])
})

test('connectionReset rejects as a fetch whose connection breaks', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('connectionReset')
  await expect(signIn(zapsign)).rejects.toThrow(
    expect.objectContaining({
      name: 'TypeError',
      message: 'fetch failed',
      cause: expect.objectContaining({ code: 'ECONNRESET' }),
    }),
  )
  expect(zapsign.journal.entries).toMatchObject([
    { status: 0, outcome: 'connectionReset', source: 'forced' },
  ])
})

test('timeout sends nothing until the caller gives up', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('timeout')
  const giveUp = new AbortController()
  const waiting = zapsign.fetch(OBTAIN, { method: 'POST', signal: giveUp.signal })
  giveUp.abort(new Error('given up'))
  await expect(waiting).rejects.toThrow('given up')
})

test('queued outcomes are used in their order', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('invalidCredentials')
  zapsign.outcomes.next('serverError', { times: 2 })
  zapsign.outcomes.next('rateLimited')
  const statuses: number[] = []
  for (let index = 0; index < 5; index += 1) statuses.push((await signIn(zapsign)).status)
  expect(statuses).toEqual([401, 500, 500, 400, 200])
})

test('an outcome that judges credentials waits for a well-formed login', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('rateLimited')
  const { access } = await zapsign.issueTokenPair()
  const statuses = [
    (await call(zapsign, `Bearer ${access}`)).status,
    (await zapsign.fetch(OBTAIN)).status,
    (await signIn(zapsign, { password: '' })).status,
    (await signIn(zapsign)).status,
  ]
  expect(statuses).toEqual([200, 405, 400, 400])
  expect(zapsign.journal.count({ outcome: 'rateLimited', source: 'forced' })).toBe(1)
})

test('an outage answers every endpoint, and only endpoints', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('badGateway', { times: Number.POSITIVE_INFINITY })
  const statuses = [
    (await zapsign.fetch('https://api.zapsign.com.br/favicon.ico')).status,
    (await zapsign.fetch(DOCS)).status,
    (await zapsign.fetch(OBTAIN)).status,
  ]
  zapsign.outcomes.clear()
  expect([...statuses, (await signIn(zapsign)).status]).toEqual([404, 502, 502, 200])
})

test('a forced failure counts nothing towards the login limit', async () => {
  const zapsign = createZapSign({ loginLimit: { attempts: 1 } })
  zapsign.outcomes.next('invalidCredentials')
  await signIn(zapsign)
  expect((await signIn(zapsign)).status).toBe(200)
})

test('an unknown outcome is refused with the list of those that exist', () => {
  expect(() => createZapSign().outcomes.next('unauthorised' as never)).toThrow(
    new RangeError(
      'outcome must be one of authenticated, invalidCredentials, rateLimited, tooManyRequests, serverError, badGateway, serviceUnavailable, connectionReset, timeout, malformedBody, got "unauthorised"',
    ),
  )
})

test.each([
  [
    { time: 3 },
    /^time is not known: options must be an object with the keys times, endpoint, username, retryAfter$/,
  ],
  [3, /^options must be an object with the keys times, endpoint, username, retryAfter, got 3$/],
  [
    null,
    /^options must be an object with the keys times, endpoint, username, retryAfter, got null$/,
  ],
  [{ times: Number.NaN }, /^times must be a whole number from 1 upwards, or Infinity, got NaN$/],
])('the options %j are refused', (options, message) => {
  expect(() => createZapSign().outcomes.next('timeout', options as never)).toThrow(message)
})

test('a list of outcomes is refused', () => {
  expect(() => createZapSign().outcomes.next(['rateLimited'] as never)).toThrow(TypeError)
})

test.each(['outcomes', 'reset'] as const)(
  'a timeout ends its wait when %s clears it',
  async (cleared) => {
    const zapsign = createZapSign()
    zapsign.outcomes.next('timeout')
    const waiting = signIn(zapsign)
    await vi.waitFor(() => expect(zapsign.journal.count('timeout')).toBe(1))
    if (cleared === 'outcomes') zapsign.outcomes.clear()
    else zapsign.reset()
    await expect(waiting).rejects.toThrow('fetch failed')
  },
)

test.each([0, -1, 1.5])('times %d is refused', (times) => {
  expect(() => createZapSign().outcomes.next('timeout', { times })).toThrow(
    new RangeError(`times must be a whole number from 1 upwards, or Infinity, got ${times}`),
  )
})

test.each([
  [
    { endpoint: 'login' },
    /^endpoint must be "obtain", "refresh" or a path such as .*, got "login"$/,
  ],
  [{ username: '' }, /^username must be a user name, got ""$/],
  [
    { retryAfter: 30 },
    /^retryAfter must be a duration with a unit, .* \(write "30s" or "30ms"\), got 30$/,
  ],
  [
    { retryAfter: '30s' },
    /^retryAfter applies only to rateLimited, tooManyRequests, serviceUnavailable; the outcome is timeout$/,
  ],
])('the aim %j is refused', (options, message) => {
  expect(() => createZapSign().outcomes.next('timeout', options as never)).toThrow(message)
})

test('an outcome with an endpoint waits for a request to it', async () => {
  const zapsign = createZapSign()
  const { access, refresh } = await zapsign.issueTokenPair()
  zapsign.outcomes.next('serverError', { endpoint: 'refresh' })
  zapsign.outcomes.next('badGateway', { endpoint: '/api/v1/docs/' })
  const statuses = [
    (await signIn(zapsign)).status,
    (await call(zapsign, `Bearer ${access}`)).status,
    (await call(zapsign, `Bearer ${access}`)).status,
    (await post(zapsign, REFRESH, { refresh })).status,
  ]
  expect(statuses).toEqual([200, 502, 200, 500])
})

test('an outcome with a user name waits for a login or a token of that user', async () => {
  const users = [CREDENTIALS, { username: 'ana', password: 'a' }]
  const zapsign = createZapSign({ users })
  const ana = await zapsign.issueTokenPair('ana')
  const other = await zapsign.issueTokenPair()
  zapsign.outcomes.next('serverError', { username: 'ana', times: 3 })
  const statuses = [
    (await signIn(zapsign)).status,
    (await signIn(zapsign, { username: ' ana', password: 'a' })).status,
    (await call(zapsign, `Bearer ${other.access}`)).status,
    (await call(zapsign, `Bearer ${ana.access}`)).status,
    (await post(zapsign, REFRESH, { refresh: other.refresh })).status,
    (await post(zapsign, REFRESH, { refresh: ana.refresh })).status,
    (await signIn(zapsign, { username: 'ana', password: 'a' })).status,
  ]
  expect(statuses).toEqual([200, 500, 200, 500, 200, 500, 200])
})

test('an aimed outcome keeps no other outcome waiting', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('rateLimited', { username: 'ana' })
  zapsign.outcomes.next('serviceUnavailable', { retryAfter: '1500ms' })
  const response = await signIn(zapsign)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
  expect(zapsign.outcomes.pending).toEqual([
    { id: 1, outcome: 'rateLimited', times: 1, username: 'ana' },
  ])
})

test('a forced refusal of a login can carry Retry-After', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('rateLimited', { retryAfter: '1m' })
  const { status, headers, body } = await read(await signIn(zapsign))
  expect([status, headers['retry-after'], body]).toEqual([400, '60', TOO_MANY])
})

test('pending outcomes count down and are copies', async () => {
  const zapsign = createZapSign()
  zapsign.outcomes.next('serverError', { times: 2 })
  await signIn(zapsign)
  const [pending] = zapsign.outcomes.pending
  expect(pending).toEqual({ id: 1, outcome: 'serverError', times: 1 })
  Object.assign(pending as object, { times: 9 })
  expect(zapsign.outcomes.pending[0]?.times).toBe(1)
})
