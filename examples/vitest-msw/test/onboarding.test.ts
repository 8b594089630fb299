import { beforeEach, expect, test, vi } from 'vitest'
import { sendContract } from '../src/onboarding'
import { createZapSignClient } from '../src/zapsign'
import { zapsign } from './zapsign'

const ANA = { name: 'Ana', email: 'ana@example.com' }
const SIGN_URL = 'https://app.zapsign.com.br/verificar/signer-0'

let client: ReturnType<typeof createZapSignClient>
beforeEach(() => {
  client = createZapSignClient()
})

test('the employee gets the address where she signs', async () => {
  expect(await sendContract(client, ANA)).toBe(SIGN_URL)
  expect(zapsign).toHaveSignedInAs('dev@example.com.br', { password: 'StrongPassword123' })
  expect(zapsign).toHaveNoUnauthorizedCalls()
})

test('contracts that are sent at the same time share one login', async () => {
  await Promise.all([sendContract(client, ANA), sendContract(client, ANA)])
  expect(zapsign).toHaveIssuedTokens(1)
})

test('an hour later there is a new login', async () => {
  await sendContract(client, ANA)
  zapsign.time.advance('61m')
  await Promise.all([sendContract(client, ANA), sendContract(client, ANA)])
  expect(zapsign).toHaveIssuedTokens(2)
})

test('the fake clock of Vitest moves the mock, too', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await sendContract(client, ANA)
  vi.setSystemTime(Date.now() + 61 * 60_000)
  expect(await sendContract(client, ANA)).toBe(SIGN_URL)
  expect(zapsign).toHaveIssuedTokens(2)
})

test('a wrong password is tried once', async () => {
  const wrong = createZapSignClient({ ...process.env, ZAPSIGN_PASSWORD: 'wrong' })
  await expect(sendContract(wrong, ANA)).rejects.toMatchObject({ status: 401 })
  await expect(sendContract(wrong, ANA)).rejects.toMatchObject({ status: 401 })
  expect(zapsign).toHaveRejected('invalidCredentials', 1)
})

test.each(['serviceUnavailable', 'connectionReset'] as const)(
  'after %s the next contract is sent',
  async (outcome) => {
    zapsign.outcomes.next(outcome, { endpoint: 'obtain' })
    await expect(sendContract(client, ANA)).rejects.toThrow()
    expect(await sendContract(client, ANA)).toBe(SIGN_URL)
  },
)
