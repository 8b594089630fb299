import { expect, onTestFinished, test } from 'vitest'
import { verifyProvider } from '../../contracts/index.js'
import { CREDENTIALS } from '../support.js'
import { startFrameworks, versions, whyUnavailable } from './frameworks.js'

const reason = whyUnavailable()
console.log(reason ? `NOT RUN: ${reason}` : `Verified: ${versions()}`)

test.skipIf(reason).each([401, 403])(
  'the real frameworks, refusing with %d, keep all promises that can be checked at a distance',
  async (status) => {
    const { port, stop } = await startFrameworks('en', status)
    onTestFinished(stop)
    const { kept, interactions } = await verifyProvider({
      baseUrl: `http://127.0.0.1:${port}`,
      organization: '11111',
      ...CREDENTIALS,
    })
    // Their tokens have an `iat` and their replies more headers: neither is a fault.
    expect(interactions.map(({ promise, result, faults }) => [promise, result, faults])).toEqual([
      ['authenticated', 'kept', undefined],
      ['invalidCredentials', 'kept', undefined],
      ['rateLimited', 'notChecked', undefined],
      ['refreshed', 'kept', undefined],
      ['refreshRefused', 'notChecked', undefined],
      ['authorized', 'kept', undefined],
      ['expired', 'notChecked', undefined],
    ])
    expect(kept).toBe(true)
  },
)
