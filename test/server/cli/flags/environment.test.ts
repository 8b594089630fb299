import { expect, test } from 'vitest'
import { readEnvironment } from '../../../../server/cli/flags/environment.js'
import { SETTING_NAMES, variableOf } from '../../../../server/cli/flags/settings.js'

test('each setting has its own variable', () => {
  const variables = SETTING_NAMES.map(variableOf)
  expect(variables).toContain('ZAPSIGN_MOCK_ACCESS_LIFETIME')
  expect(variables).toContain('ZAPSIGN_MOCK_NO_LOGIN_LIMIT')
  expect(new Set(variables).size).toBe(SETTING_NAMES.length)
})

test('texts of numbers and lists become numbers and lists', () => {
  expect(
    readEnvironment({
      ZAPSIGN_MOCK_PORT: '0',
      ZAPSIGN_MOCK_HOST: '::1',
      ZAPSIGN_MOCK_API_TOKEN: 'a, b',
      ZAPSIGN_MOCK_LOGIN_ATTEMPTS: 'many',
      PATH: '/bin',
    }),
  ).toEqual({ port: 0, host: '::1', apiToken: ['a', 'b'], loginAttempts: 'many' })
})

test('a date of digits is a number of milliseconds', () => {
  const read = (text: string) => readEnvironment({ ZAPSIGN_MOCK_NOW: text }).now
  expect([read('1700000000000'), read('2026-01-31')]).toEqual([1_700_000_000_000, '2026-01-31'])
})

test.each([
  ['1', { json: true, noLoginLimit: false }],
  ['TRUE', { json: true, noLoginLimit: false }],
  ['no', { noLoginLimit: {} }],
  ['0', { noLoginLimit: {} }],
  ['', {}],
])('a switch with the value %j', (text, values) => {
  const environment = { ZAPSIGN_MOCK_JSON: text, ZAPSIGN_MOCK_NO_LOGIN_LIMIT: text }
  expect(readEnvironment(environment)).toEqual(values)
})

test('a switch with another value is refused', () => {
  expect(() => readEnvironment({ ZAPSIGN_MOCK_JSON: 'maybe' })).toThrow(
    new RangeError(
      'ZAPSIGN_MOCK_JSON must be one of 1, true, yes, on, 0, false, no, off, got "maybe"',
    ),
  )
})

test.each([
  ['ZAPSIGN_MOCK_PROT', 'ZAPSIGN_MOCK_PORT'],
  ['ZAPSIGN_MOCK_LOGIN_WINDW', 'ZAPSIGN_MOCK_LOGIN_WINDOW'],
  ['ZAPSIGN_MOCK_ACESS_LIFETIMES', 'ZAPSIGN_MOCK_ACCESS_LIFETIME'],
])('a misspelled variable is refused with the right name: %s', (variable, name) => {
  expect(() => readEnvironment({ [variable]: '1' })).toThrow(
    new TypeError(`Unknown environment variable ${variable} (Did you mean ${name}?)`),
  )
})

test.each(['ZAPSIGN_MOCK_FLAVOR', `ZAPSIGN_MOCK_${'X'.repeat(100_000)}`])(
  'an unknown variable is refused with the known ones: %.30s',
  (variable) => {
    expect(() => readEnvironment({ [variable]: '1' })).toThrow(
      /^Unknown environment variable ZAPSIGN_MOCK_\w+: the known ones are ZAPSIGN_MOCK_PORT, /,
    )
  },
)

test('variables that Kubernetes sets for a service called zapsign-mock count as unset', () => {
  expect(
    readEnvironment({
      ZAPSIGN_MOCK_SERVICE_HOST: '10.0.0.1',
      ZAPSIGN_MOCK_SERVICE_PORT: '9277',
      ZAPSIGN_MOCK_SERVICE_PORT_HTTP: '9277',
      ZAPSIGN_MOCK_PORT: 'tcp://10.0.0.1:9277',
      ZAPSIGN_MOCK_PORT_9277_TCP: 'tcp://10.0.0.1:9277',
      ZAPSIGN_MOCK_PORT_9277_TCP_PROTO: 'tcp',
      ZAPSIGN_MOCK_PORT_9277_TCP_PORT: '9277',
      ZAPSIGN_MOCK_PORT_9277_TCP_ADDR: '10.0.0.1',
      ZAPSIGN_MOCK_PORT_53_UDP: 'udp://10.0.0.1:53',
      ZAPSIGN_MOCK_SANDBOX_SERVICE_HOST: '10.0.0.2',
      ZAPSIGN_MOCK_SANDBOX_PORT: 'tcp://10.0.0.2:9277',
      ZAPSIGN_MOCK_HOST: '0.0.0.0',
    }),
  ).toEqual({ host: '0.0.0.0' })
})

test('variables that Docker sets for a link to zapsign-mock count as unset', () => {
  expect(
    readEnvironment({
      ZAPSIGN_MOCK_NAME: '/web/zapsign-mock',
      ZAPSIGN_MOCK_ENV_NODE_VERSION: '20.20.2',
      ZAPSIGN_MOCK_ENV_ZAPSIGN_MOCK_PORT: '1',
      ZAPSIGN_MOCK_PORT: 'tcp://172.17.0.5:9277',
      ZAPSIGN_MOCK_PORT_9277_TCP_START: 'tcp://172.17.0.5:9277',
      ZAPSIGN_MOCK_1_NAME: '/web/zapsign_mock_1',
      ZAPSIGN_MOCK_1_PORT_9277_TCP_ADDR: '172.17.0.5',
    }),
  ).toEqual({})
})

test.each([
  ['ZAPSIGN_MOCK_SERVICE', 'x'],
  ['ZAPSIGN_MOCK_SERVICE_HOTS', '10.0.0.1'],
  ['ZAPSIGN_MOCK_PORT_TCP', '1'],
  ['ZAPSIGN_MOCK_PORTS', 'tcp://10.0.0.1:1'],
  ['ZAPSIGN_MOCK_NAME', 'billing'],
])('a variable that only resembles those is refused: %s=%s', (variable, value) => {
  expect(() => readEnvironment({ [variable]: value })).toThrow(
    `Unknown environment variable ${variable}`,
  )
})

test('the control token has a variable that the commands of a client read too', () => {
  expect(
    readEnvironment({ ZAPSIGN_CONTROL_TOKEN: 'abc', ZAPSIGN_CONTROL_URL: 'http://x' }),
  ).toEqual({
    controlToken: 'abc',
  })
  expect(readEnvironment({ ZAPSIGN_MOCK_CONTROL_TOKEN: 'abc', ZAPSIGN_CONTROL_TOKEN: '' })).toEqual(
    {
      controlToken: 'abc',
    },
  )
})
