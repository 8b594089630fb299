import { expect, test } from 'vitest'
import { configure } from '../../../../server/cli/configuration/configuration.js'
import { toValue } from '../../../../server/cli/flags/setting.js'
import { settingOf } from '../../../../server/cli/flags/settings.js'

const configured = (flags: object) => configure({ flags, environment: {} })
const rates = (text: string) => ({ faultRate: toValue(settingOf('faultRate'), text) })

test('--fault-rate gives a rate to each outcome', () => {
  const { zapsign } = configured(rates('connectionReset=0.01, serverError=.02'))
  expect(zapsign.faultRate).toEqual({ connectionReset: 0.01, serverError: 0.02 })
})

test.each([
  ['serverError', '--fault-rate must be an object with the keys tooManyRequests'],
  ['serverError=2', '--fault-rate must be a rate from 0 to 1, got 2'],
  ['serverErr=0.1', 'is not known'],
])('--fault-rate %s is refused', (text, message) => {
  expect(() => configured(rates(text))).toThrow(message)
})

test('--outcome is a list of outcomes, each with a number of requests', () => {
  const outcome = ['serverError:3', 'rateLimited']
  expect(configured({ outcome }).outcomes).toEqual(outcome)
})

test.each(['serverErr', 'serverError:0', 'serverError:', 'serverError:x', ''])(
  '--outcome %j is refused',
  (text) => {
    expect(() => configured({ outcome: [text] })).toThrow(/^--outcome must be an outcome/)
  },
)

test('--latency takes a range', () => {
  expect(configured({ latency: '100ms-400ms' }).server.latency).toBe('100ms-400ms')
  expect(() => configured({ latency: '400ms-100ms' })).toThrow(/^--latency must be/)
})
