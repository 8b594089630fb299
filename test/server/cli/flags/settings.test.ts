import { expect, test } from 'vitest'
import {
  readEnvironment,
  SETTING_NAMES,
  variableOf,
} from '../../../../server/cli/flags/settings.js'

test('each setting has a variable of its own', () => {
  const variables = SETTING_NAMES.map(variableOf)
  expect(variables).toContain('ZAPSIGN_MOCK_ACCESS_LIFETIME')
  expect(variables).toContain('ZAPSIGN_MOCK_NO_LOGIN_LIMIT')
  expect(new Set(variables).size).toBe(SETTING_NAMES.length)
})

test('texts become numbers and lists where those are meant', () => {
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

test('a time of digits is milliseconds', () => {
  const read = (text: string) => readEnvironment({ ZAPSIGN_MOCK_NOW: text }).now
  expect([read('1700000000000'), read('2026-01-31')]).toEqual([1_700_000_000_000, '2026-01-31'])
})

test.each([
  ['1', { json: true, noLoginLimit: false }],
  ['TRUE', { json: true, noLoginLimit: false }],
  ['no', { noLoginLimit: {} }],
  ['0', { noLoginLimit: {} }],
  ['', {}],
])('a switch that is %j', (text, values) => {
  const environment = { ZAPSIGN_MOCK_JSON: text, ZAPSIGN_MOCK_NO_LOGIN_LIMIT: text }
  expect(readEnvironment(environment)).toEqual(values)
})

test('a switch is on or off', () => {
  expect(() => readEnvironment({ ZAPSIGN_MOCK_JSON: 'maybe' })).toThrow(
    new RangeError(
      'ZAPSIGN_MOCK_JSON must be one of 1, true, yes, on, 0, false, no, off, got "maybe"',
    ),
  )
})

test('a variable that is not known is a mistake, not a default', () => {
  expect(() => readEnvironment({ ZAPSIGN_MOCK_PROT: '1' })).toThrow(
    /^ZAPSIGN_MOCK_PROT is not known: the variables are ZAPSIGN_MOCK_PORT, /,
  )
})
