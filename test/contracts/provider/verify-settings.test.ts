import { expect, expectTypeOf, test } from 'vitest'
import { type VerifyOptions, verifyProvider } from '../../../contracts/index.js'
import {
  isHttpUrl,
  type VerifySettings,
  withDefaults,
} from '../../../contracts/provider/verify-settings.js'
import { ANA, create } from './support.js'

const zapsign = create()
const AT_URL = { baseUrl: 'http://x', ...ANA }
const BROKER = { zapsign, brokerBaseUrl: 'http://x' }

test('the defaults are filled in', () => {
  expect(withDefaults({ zapsign })).toEqual({
    zapsign,
    wrongPassword: 'WrongPassword123',
    includeRateLimit: false,
    provider: 'ZapSign',
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    enablePending: false,
    publish: false,
  })
})

test('the schema has the types of the documented options', () => {
  expectTypeOf<VerifySettings['pacts']>().toEqualTypeOf<readonly string[] | undefined>()
  expectTypeOf<keyof VerifySettings>().toEqualTypeOf<keyof VerifyOptions>()
})

test.each<[string, object, string]>([
  ['no provider', {}, 'zapsign, which createZapSign() returns, or baseUrl is required'],
  [
    'a URL without a password',
    { baseUrl: 'http://x', organization: '1', username: 'a' },
    'baseUrl needs password',
  ],
  [
    'pacts that are not a list',
    { zapsign, pacts: 'pacts' },
    'pacts must be a list of at least one pact file or URL, got "pacts"',
  ],
  [
    'a switch as text',
    { ...AT_URL, includeRateLimit: 'false' },
    'includeRateLimit must be true or false, got "false"',
  ],
  [
    'a password that is a number',
    { ...AT_URL, password: 123456 },
    'password must be a password, got a number',
  ],
  ['two providers', { zapsign, ...AT_URL }, 'Cannot combine zapsign with baseUrl'],
  ['a token without a broker', { zapsign, brokerToken: 't' }, 'brokerToken needs brokerBaseUrl'],
  [
    'two ways to sign in to a broker',
    { ...BROKER, brokerToken: 't', brokerUsername: 'u', brokerPassword: 'p' },
    'Cannot combine brokerToken with brokerUsername',
  ],
  [
    'a user name without a password',
    { ...BROKER, brokerUsername: 'u' },
    'brokerUsername needs brokerPassword',
  ],
  ['a user without a URL', { zapsign, username: 'ana' }, 'username needs baseUrl'],
  ['headers without a URL', { zapsign, headers: { a: 'b' } }, 'headers needs baseUrl'],
  [
    'a states URL for the mock',
    { zapsign, providerStatesUrl: 'http://x' },
    'providerStatesUrl needs baseUrl',
  ],
  [
    'an object that is not a provider',
    { zapsign: { users: [] } },
    'zapsign must be a ZapSign, which createZapSign() returns, got an object',
  ],
  ['publishing without a broker', { zapsign, publish: true }, 'publish needs brokerBaseUrl'],
  ['publishing without a version', { ...BROKER, publish: true }, 'publish needs providerVersion'],
  [
    'a build without publishing',
    { ...BROKER, buildUrl: 'https://ci.example/1' },
    'buildUrl needs publish',
  ],
  [
    'a selector for pact URLs only',
    { zapsign, pacts: ['https://x/pact'], enablePending: true },
    'enablePending needs brokerBaseUrl',
  ],
])('%s is refused', async (_, options, message) => {
  await expect(verifyProvider(options)).rejects.toThrow(new TypeError(message))
})

test('a misspelled option is refused with the names of all options', async () => {
  await expect(verifyProvider({ zapsign, pact: ['a.json'] } as object)).rejects.toThrow(
    /^pact is not known: options must be an object with the keys pacts, zapsign, baseUrl, /,
  )
})

test.each<[string, object, string | RegExp]>([
  ['an empty list of pacts', { zapsign, pacts: [] }, /^pacts must be a list of at least one/],
  [
    'a wrong password that is right',
    { ...AT_URL, wrongPassword: ANA.password },
    'wrongPassword must differ from password',
  ],
  [
    'a header that a connection owns',
    { ...AT_URL, headers: { 'Content-Length': 'hidden' } },
    /^headers must be header names and values, other than .*, got "Content-Length: \(withheld\)"$/,
  ],
  [
    'an Authorization header',
    { ...AT_URL, headers: { Authorization: 'hidden' } },
    /^headers must be header names .*, got "Authorization: \(withheld\)"$/,
  ],
  [
    'a header with a line break',
    { ...AT_URL, headers: { 'X-Key': 'a\nhidden' } },
    /^headers must be header names .*, got "X-Key: \(withheld\)"$/,
  ],
  [
    'a date that is not one',
    { ...BROKER, includeWipPactsSince: 'yesterday' },
    'includeWipPactsSince must be a date such as "2026-01-31", got "yesterday"',
  ],
  [
    'a misspelled selector',
    { ...BROKER, consumerVersionSelectors: [{ mainbranch: true }] },
    /^consumerVersionSelectors\[0\]\.mainbranch is not known: consumerVersionSelectors\[0\] must be an object with the keys consumer, mainBranch/,
  ],
])('%s is refused without quoting a secret', async (_, options, message) => {
  const error = await verifyProvider(options as object).catch((reason) => reason)
  expect(error).toBeInstanceOf(/selector/.test(_) ? TypeError : RangeError)
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain('hidden')
})

test.each([
  ['sandbox', '"sandbox"'],
  ['ftp://x', '"ftp://x"'],
  ['http://x/?a', '"(withheld)"'],
  ['http://ana:hidden@x', '"(withheld)"'],
  ['ana:hidden@x', '"(withheld)"'],
])('%s is not a URL for a provider or a broker', async (url, shown) => {
  const refusal = (name: string) =>
    new RangeError(
      `${name} must be an http or https URL without user name, password, query and fragment, such as "https://sandbox.api.zapsign.com.br", got ${shown}`,
    )
  await expect(verifyProvider({ baseUrl: url, ...ANA })).rejects.toThrow(refusal('baseUrl'))
  await expect(verifyProvider({ zapsign, brokerBaseUrl: url })).rejects.toThrow(
    refusal('brokerBaseUrl'),
  )
})

test('with the URL of a pact, a broker needs no base URL', () => {
  const pacts = ['https://broker.example/pacts/1']
  const options = { zapsign, pacts, brokerToken: 't', publish: true, providerVersion: '1' }
  expect(withDefaults(options)).toMatchObject(options)
})

test('a file is not a URL, and a URL is not a file', () => {
  expect(['https://x/y', 'HTTP://x', 'http.json', 'http:x', 'https://'].map(isHttpUrl)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
