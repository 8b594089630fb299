import { expect, test } from 'vitest'
import { matchers } from '../../mocks/index.js'
import { createZapSign } from '../../src/index.js'
import { CREDENTIALS, call, failToSignIn, post, REFRESH, signIn } from '../support.js'

expect.extend(matchers)

const create = () => createZapSign({ warnings: false })

test('toHaveIssuedTokens counts granted logins', async () => {
  const zapsign = create()
  expect(zapsign).not.toHaveIssuedTokens()
  expect(zapsign).toHaveIssuedTokens(0)
  await signIn(zapsign)
  await signIn(zapsign)
  await signIn(zapsign, { password: 'wrong' })
  expect(zapsign).toHaveIssuedTokens()
  expect(zapsign).toHaveIssuedTokens(2)
  expect(zapsign).not.toHaveIssuedTokens(3)
})

test('toHaveRefreshed counts refreshed tokens', async () => {
  const zapsign = create()
  const { refresh } = await zapsign.issueTokenPair()
  await post(zapsign, REFRESH, { refresh })
  await post(zapsign, REFRESH, { refresh: 'x' })
  expect(zapsign).toHaveRefreshed(1)
  expect(zapsign).not.toHaveRefreshed(2)
})

test('toHaveRejected counts error responses by name', async () => {
  const zapsign = create()
  await failToSignIn(zapsign, 6)
  expect(zapsign).toHaveRejected('invalidCredentials', 5)
  expect(zapsign).toHaveRejected('rateLimited', 1)
  expect(zapsign).toHaveRejected('rateLimited')
  expect(zapsign).not.toHaveRejected('refreshRefused')
})

test('forced outcomes are counted by name', async () => {
  const zapsign = create()
  zapsign.outcomes.next('serviceUnavailable')
  await signIn(zapsign)
  expect(zapsign).toHaveRejected('serviceUnavailable', 1)
})

test('toHaveSignedInAs compares the user name and the password', async () => {
  const zapsign = create()
  await signIn(zapsign, { password: 'wrong' })
  expect(zapsign).not.toHaveSignedInAs(CREDENTIALS.username)
  await signIn(zapsign)
  expect(zapsign).toHaveSignedInAs(CREDENTIALS.username)
  expect(zapsign).toHaveSignedInAs(CREDENTIALS.username, { password: CREDENTIALS.password })
  expect(zapsign).not.toHaveSignedInAs(CREDENTIALS.username, { password: 'wrong' })
  expect(zapsign).not.toHaveSignedInAs('somebody@example.com')
})

test('toHaveNoUnauthorizedCalls counts 401 and 403', async () => {
  for (const unauthorizedStatus of [401, 403] as const) {
    const zapsign = createZapSign({ unauthorizedStatus })
    await signIn(zapsign)
    expect(zapsign).toHaveNoUnauthorizedCalls()
    await call(zapsign)
    expect(zapsign).not.toHaveNoUnauthorizedCalls()
  }
})

test('a message shows the journal, with its hints', async () => {
  const zapsign = create()
  await signIn(zapsign, { password: 'wrong' })
  await call(zapsign, 'Token x')
  expect(() => expect(zapsign).toHaveIssuedTokens(1)).toThrow(
    `Expected a login that was granted once, found 0.

The journal:
  POST /api/v1/auth/token/11111/ 401 invalidCredentials dev@example.com.br
  GET /api/v1/docs/ 403 notAuthenticated
    The Authorization header has the scheme Token. ZapSign accepts only Bearer.`,
  )
})

test('the message of a negated assertion says not', async () => {
  const zapsign = create()
  expect(() => expect(zapsign).not.toHaveIssuedTokens(0)).toThrow(
    'Expected a login that was granted not 0 times, found 0.\n\nThe journal is empty.',
  )
})

test('a message shows the end of a long journal, and says how much it leaves out', async () => {
  const zapsign = createZapSign({ journalSize: 30, warnings: false })
  for (let index = 0; index < 35; index += 1) await call(zapsign)
  const { message } = matchers.toHaveIssuedTokens(zapsign, 1)
  const lines = message().split('\n')
  expect(lines.filter((line) => line.includes('GET'))).toHaveLength(20)
  expect(lines).toContain('  … 15 before')
})

test('no message shows a password', async () => {
  const zapsign = create()
  await signIn(zapsign, { password: 'hidden-value' })
  const { message } = matchers.toHaveSignedInAs(zapsign, CREDENTIALS.username, {
    password: 'hidden-value',
  })
  expect(message()).not.toContain('hidden-value')
})

test('a matcher refuses wrong arguments', () => {
  const zapsign = create()
  expect(() => expect({}).toHaveIssuedTokens(1)).toThrow(
    /^expect\(…\)\.toHaveIssuedTokens takes what createZapSign\(\) of zapsign-mock/,
  )
  expect(() => expect(zapsign).toHaveRejected('unauthorised' as never)).toThrow(
    /^toHaveRejected takes one of invalidCredentials, rateLimited, .*, got "unauthorised"$/,
  )
  expect(() => expect(zapsign).toHaveIssuedTokens(-1)).toThrow(
    'toHaveIssuedTokens takes a whole number from 0 upwards, got -1',
  )
})

test.each<[string, unknown[], string]>([
  ['no user', [undefined], 'toHaveSignedInAs: username must be a string, got undefined'],
  [
    'a bare password',
    ['ana', 'hidden'],
    'toHaveSignedInAs takes { password } as its second argument',
  ],
  ['null', ['ana', null], 'toHaveSignedInAs takes { password } as its second argument'],
  [
    'a misspelt key',
    ['ana', { pasword: 'hidden' }],
    'toHaveSignedInAs: pasword is not known: toHaveSignedInAs: what it takes must be an object with the keys username, password',
  ],
  [
    'a number',
    ['ana', { password: 5 }],
    'toHaveSignedInAs: password must be a string, got a number',
  ],
])('toHaveSignedInAs refuses %s, with or without not', (_, args, message) => {
  const zapsign = create()
  const given = args as [string]
  expect(() => expect(zapsign).toHaveSignedInAs(...given)).toThrow(new TypeError(message))
  expect(() => expect(zapsign).not.toHaveSignedInAs(...given)).toThrow(new TypeError(message))
})
