// Runs under Vitest and under Jest, with the runner's globals.
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { createZapSign } from 'zapsign-mock'
import { createHandlers, matchers, requireBearer } from 'zapsign-mock/mocks'
import { startServer } from 'zapsign-mock/server'

expect.extend(matchers)

const HOST = 'https://api.zapsign.com.br'
const CREDENTIALS = { username: 'dev@example.com.br', password: 'StrongPassword123' }
const post = (url, body) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const signIn = (credentials = CREDENTIALS) => post(`${HOST}/api/v1/auth/token/11111/`, credentials)

const zapsign = createZapSign({ warnings: false })
const server = setupServer(
  ...createHandlers(zapsign, { pages: true }),
  http.get(
    `${HOST}/api/v1/mine/`,
    requireBearer(zapsign, ({ user }) => HttpResponse.json(user.username)),
  ),
)
beforeAll(() => server.listen())
afterEach(() => zapsign.reset())
afterAll(() => server.close())

test('a login, a failure, the limit, an expiry and a refresh', async () => {
  const { access, refresh } = await (await signIn()).json()
  const headers = { authorization: `Bearer ${access}` }
  expect(await (await fetch(`${HOST}/api/v1/mine/`, { headers })).json()).toBe(CREDENTIALS.username)
  expect(zapsign).toHaveIssuedTokens(1)
  expect(zapsign).toHaveSignedInAs(CREDENTIALS.username, { password: CREDENTIALS.password })
  expect(zapsign).toHaveNoUnauthorizedCalls()
  for (let index = 0; index < 6; index += 1) await signIn({ ...CREDENTIALS, password: 'wrong' })
  expect(zapsign).toHaveRejected('invalidCredentials', 5)
  expect(zapsign).toHaveRejected('rateLimited', 1)
  zapsign.time.advance('61m')
  expect((await fetch(`${HOST}/api/v1/docs/`, { headers })).status).toBe(401)
  expect((await post(`${HOST}/api/v1/auth/token-refresh/`, { refresh })).status).toBe(200)
  expect(zapsign).toHaveRefreshed(1)
  expect(() => expect(zapsign).toHaveRefreshed(2)).toThrow(/found 1/)
})

test('a near miss does not slip through to the network', async () => {
  expect((await fetch(`${HOST}/api/v1/auth/token/11111/`)).status).toBe(405)
  const response = await fetch(`${HOST}/api/v1/auth/token/11111`, {
    method: 'POST',
    redirect: 'manual',
  })
  expect(response.status).toBe(301)
})

test('a broken connection', async () => {
  zapsign.outcomes.next('connectionReset')
  // By its name: under Jest, the runtime's own TypeError is another class.
  await expect(signIn()).rejects.toHaveProperty('name', 'TypeError')
})

test('fake timers neither hang a request nor split the clocks', async () => {
  const clock = globalThis.vi ?? (await import('@jest/globals')).jest
  const isJest = globalThis.vi === undefined
  clock.useFakeTimers(isJest ? { doNotFake: ['nextTick', 'queueMicrotask'] } : {})
  clock.setSystemTime(new Date('2026-01-01T00:00:00Z'))
  const { access } = await (await signIn()).json()
  const page = () =>
    fetch(`${HOST}/api/v1/docs/`, { headers: { authorization: `Bearer ${access}` } })
  expect((await page()).status).toBe(200)
  clock.setSystemTime(new Date('2026-01-01T01:00:00Z'))
  expect((await page()).status).toBe(401)
  clock.useRealTimers()
})

test('the server, over a socket', async () => {
  const { url, close } = await startServer({ zapsign })
  const response = await post(`${url}/api/v1/auth/token/11111/`, CREDENTIALS)
  expect(response.status).toBe(200)
  await close()
})
