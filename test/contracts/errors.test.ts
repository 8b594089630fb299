import { expect, test } from 'vitest'
import * as contracts from '../../contracts/index.js'

test('the error classes are public, and each has its own code', () => {
  const { BrokerError, PactFileError, PactMissingError, PactRunError } = contracts
  const errors = [
    new BrokerError('x'),
    new PactFileError('x'),
    new PactMissingError(),
    new PactRunError('x'),
  ]
  expect(errors.map(({ name, code }) => [name, code])).toEqual([
    ['BrokerError', 'ERR_BROKER'],
    ['PactFileError', 'ERR_PACT_FILE'],
    ['PactMissingError', 'ERR_PACT_MISSING'],
    ['PactRunError', 'ERR_PACT_RUN'],
  ])
  expect(errors.every((error) => error instanceof Error)).toBe(true)
})
