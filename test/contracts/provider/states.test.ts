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

test("Pact's own verifier brings the states about with the handlers", async () => {
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

test('a state has its cause in the provider, and no outcome is forced', async () => {
  const zapsign = createZapSign({ warnings: false })
  const states = createStateHandlers(zapsign)
  await states['login attempts are exceeded'](promises.rateLimited.state.parameters)
  expect(zapsign.journal.entries.map(({ outcome }) => outcome)).toEqual([
    ...Array(5).fill('invalidCredentials'),
    'rateLimited',
  ])
  expect(zapsign.journal.entries.map(({ source }) => source)).not.toContain('forced')
})

test('a user of the pact can sign in, with the password of the pact', async () => {
  const zapsign = createZapSign({ warnings: false, users: [{ username: 'ana', password: 'old' }] })
  const parameters = { username: 'ana', password: 'new', organizationId: '5' }
  const values = await createStateHandlers(zapsign)['the user can sign in'](parameters)
  expect(values).toEqual({})
  const login = (password: string) => post(zapsign, OBTAIN, { username: 'ana', password })
  expect([(await login('new')).status, (await login('old')).status]).toEqual([200, 401])
})

test('a token that has expired was valid until its own time', async () => {
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

test.each([undefined, {}, { reply() {} }])('handlers for %j are refused', (zapsign) => {
  expect(() => createStateHandlers(zapsign as never)).toThrow(
    new TypeError('createStateHandlers needs a ZapSign, which createZapSign() returns'),
  )
})

test('a login limit is exceeded, however high it is, and one that there is not is said not to be', async () => {
  const state = (loginLimit: false | { attempts: number }) => {
    const zapsign = createZapSign({ warnings: false, loginLimit })
    return createStateHandlers(zapsign)['login attempts are exceeded']({})
  }
  expect(await state({ attempts: 30 })).toEqual({})
  await expect(state(false)).rejects.toThrow(
    '1000 failed logins in a row were not too many for the provider: it answered the last with 401',
  )
})

test.each(['the user can sign in', 'login attempts are exceeded'] as const)(
  'the state "%s" needs the organization of the pact',
  async (name) => {
    const zapsign = createZapSign({ warnings: false, organizations: [{ id: '77' }] })
    const state = createStateHandlers(zapsign)[name]({ username: 'ana', blockedUsername: 'ana' })
    await expect(state).rejects.toThrow('ana cannot sign in to organization "11111"')
  },
)
