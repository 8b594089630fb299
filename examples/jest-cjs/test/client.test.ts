import { setupServer } from 'msw/node'
import { createZapSign } from 'zapsign-mock'
import { createHandlers, matchers } from 'zapsign-mock/mocks'
import { createClient, SignInRefused } from '../src/client'

const API = 'https://api.zapsign.com.br/api/v1'
const CREDENTIALS = {
  organizationId: '11111',
  username: 'dev@example.com.br',
  password: 'StrongPassword123',
}

const zapsign = createZapSign()
const server = setupServer(...createHandlers(zapsign, { pages: true }))

expect.extend(matchers)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => zapsign.reset())
afterAll(() => server.close())

const EMPTY = { count: 0, next: null, previous: null, results: [] }

/** Ten requests at the same time: their bodies. */
async function listTenTimes(client: ReturnType<typeof createClient>) {
  const replies = await Promise.all(Array.from({ length: 10 }, () => client.get('/docs/?page=1')))
  return replies.map(({ data }) => data)
}

test('requests at the same time share one login', async () => {
  const client = createClient(API, CREDENTIALS)
  expect(await listTenTimes(client)).toEqual(Array(10).fill(EMPTY))
  expect(zapsign).toHaveIssuedTokens(1)
})

test('requests whose token has expired share one refresh', async () => {
  const client = createClient(API, CREDENTIALS)
  await listTenTimes(client)
  zapsign.time.advance('61m')
  expect(await listTenTimes(client)).toEqual(Array(10).fill(EMPTY))
  expect(zapsign).toHaveRefreshed(1)
  expect(zapsign).toHaveIssuedTokens(1)
})

test('after a refused refresh there is one new login', async () => {
  const client = createClient(API, CREDENTIALS)
  await listTenTimes(client)
  zapsign.time.advance('25h')
  expect(await listTenTimes(client)).toEqual(Array(10).fill(EMPTY))
  expect(zapsign).toHaveIssuedTokens(2)
})

test('a wrong password is sent once', async () => {
  const client = createClient(API, { ...CREDENTIALS, password: 'WrongPassword123' })
  await expect(client.get('/docs/')).rejects.toThrow(SignInRefused)
  await expect(client.get('/docs/')).rejects.toThrow(SignInRefused)
  expect(zapsign).toHaveRejected('invalidCredentials', 1)
})

test('too many logins are not answered with another one', async () => {
  zapsign.outcomes.next('rateLimited')
  const client = createClient(API, CREDENTIALS)
  await expect(client.get('/docs/')).rejects.toThrow('rateLimited')
  expect(zapsign.journal.entries).toHaveLength(1)
})

test('an outage is over when it is over', async () => {
  const client = createClient(API, CREDENTIALS)
  zapsign.outcomes.next('serviceUnavailable')
  await expect(client.get('/docs/')).rejects.toThrow('ZapSign answered the login with 503')
  expect((await client.get('/docs/')).status).toBe(200)
})

test('a token that is refused again is not renewed again', async () => {
  const client = createClient(API, CREDENTIALS)
  await client.get('/docs/')
  zapsign.users.update('dev@example.com.br', { active: false })
  expect((await client.get('/docs/')).status).toBe(401)
  expect(zapsign).toHaveRefreshed(1)
})
