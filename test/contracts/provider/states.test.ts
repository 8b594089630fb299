import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Verifier } from '@pact-foundation/pact'
import { expect, test } from 'vitest'
import { createStateHandlers, promises } from '../../../contracts/index.js'
import { createApp } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'
import { OBTAIN, payloadOf, post, read } from '../../support.js'

test("Pact's own verifier sets up the states with the handlers", async () => {
  const zapsign = createZapSign({ warnings: false })
  const server = createServer(createApp(zapsign)).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-states-'))
  try {
    const { port } = server.address() as AddressInfo
    const verifier = new Verifier({
      provider: 'ZapSign',
      providerBaseUrl: `http://127.0.0.1:${port}`,
      pactUrls: ['contracts/reference-pact.json'],
      stateHandlers: createStateHandlers(zapsign),
      logLevel: 'error',
    })
    const { result } = JSON.parse(await verifier.verifyProvider())
    expect(result).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}, 60_000)

test('a state is set up by its cause, and no outcome is forced', async () => {
  const zapsign = createZapSign({ warnings: false })
  const states = createStateHandlers(zapsign)
  await states['login attempts are exceeded'](promises.rateLimited.state.parameters)
  expect(zapsign.journal.entries.map(({ outcome }) => outcome)).toEqual([
    ...Array(5).fill('invalidCredentials'),
    'rateLimited',
  ])
  expect(zapsign.journal.entries.map(({ source }) => source)).not.toContain('forced')
})

test('a user in the pact can sign in with the password in the pact', async () => {
  const zapsign = createZapSign({ warnings: false, users: [{ username: 'ana', password: 'old' }] })
  const parameters = { username: 'ana', password: 'new', organizationId: '5' }
  const values = await createStateHandlers(zapsign)['the user can sign in'](parameters)
  expect(values).toEqual({})
  const login = (password: string) => post(zapsign, OBTAIN, { username: 'ana', password })
  expect([(await login('new')).status, (await login('old')).status]).toEqual([200, 401])
})

test('an expired token was valid until its own expiry', async () => {
  const zapsign = createZapSign({ warnings: false, now: '2026-01-01T00:00:00Z' })
  const states = createStateHandlers(zapsign)
  const { expiredAccessToken = '' } = await states['the access token has expired']({})
  expect(Number(payloadOf(expiredAccessToken)['exp']) * 1000).toBe(zapsign.time.now().getTime())
  const page = () =>
    zapsign.fetch('https://api.zapsign.com.br/api/v1/docs/', {
      headers: { authorization: `Bearer ${expiredAccessToken}` },
    })
  expect((await read(await page())).status).toBe(401)
  zapsign.time.set(new Date(zapsign.time.now().getTime() - 1000))
  expect((await read(await page())).status).toBe(200)
})

test.each([undefined, {}, { reply() {} }])('%j is refused', (zapsign) => {
  expect(() => createStateHandlers(zapsign as never)).toThrow(
    new TypeError('createStateHandlers needs a ZapSign, which createZapSign() returns'),
  )
})

test('any login limit is exceeded, and a missing one is named', async () => {
  const state = (loginLimit: false | { attempts: number }) => {
    const zapsign = createZapSign({ warnings: false, loginLimit })
    return createStateHandlers(zapsign)['login attempts are exceeded']({})
  }
  expect(await state({ attempts: 30 })).toEqual({})
  await expect(state(false)).rejects.toThrow(
    'the provider still answered failed login 1000 in a row with 401: it has no login limit, or a higher one',
  )
})

test.each(['the user can sign in', 'login attempts are exceeded'] as const)(
  'the state "%s" needs the organization in the pact',
  async (name) => {
    const zapsign = createZapSign({ warnings: false, organizations: [{ id: '77' }] })
    const state = createStateHandlers(zapsign)[name]({ username: 'ana', blockedUsername: 'ana' })
    await expect(state).rejects.toThrow('ana cannot sign in to organization "11111"')
  },
)

const LOGIN = { username: 'ana', password: 'p', organizationId: '5' }
const blocked = { ...LOGIN, blockedUsername: 'ana' }

test.each([{ attempts: 3 }, { attempts: 5, window: '2h' } as const])(
  'a user can sign in although the login limit %j was exceeded before',
  async (loginLimit) => {
    const zapsign = createZapSign({ warnings: false, loginLimit })
    const states = createStateHandlers(zapsign)
    const url = OBTAIN.replace('11111', '5')
    const login = async () => (await post(zapsign, url, { username: 'ana', password: 'p' })).status
    await states['login attempts are exceeded'](blocked)
    expect(await login()).toBe(400)
    await states['the user can sign in'](LOGIN)
    expect(await login()).toBe(200)
  },
)

test('a state is true although an outcome was forced before', async () => {
  const zapsign = createZapSign({ warnings: false })
  zapsign.outcomes.next('serverError', { times: Infinity })
  await createStateHandlers(zapsign)['the user can sign in'](LOGIN)
  const { status } = await post(zapsign, OBTAIN.replace('11111', '5'), LOGIN)
  expect(status).toBe(200)
})
