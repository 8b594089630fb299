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

test('an unknown variable is refused', () => {
  expect(() => readEnvironment({ ZAPSIGN_MOCK_PROT: '1' })).toThrow(
    /^Unknown environment variable ZAPSIGN_MOCK_PROT: the known ones are ZAPSIGN_MOCK_PORT, /,
  )
})
