import { expect, test } from 'vitest'
import { createZapSign } from '../../../src/index.js'
import { createFaults, type FaultRate } from '../../../src/state/faults.js'

const RATE = { connectionReset: 0.1, serverError: 0.2 }

const drawn = (seed: string, count = 2000) => {
  const faults = createFaults(RATE, seed)
  return Array.from({ length: count }, () => faults?.draw()?.outcome)
}

test('the same seed gives the same faults, and another seed others', () => {
  expect(drawn('a')).toEqual(drawn('a'))
  expect(drawn('a')).not.toEqual(drawn('b'))
})

test('each outcome has about its share of the requests', () => {
  const outcomes = drawn('a')
  const share = (name: string) => outcomes.filter((one) => one === name).length / outcomes.length
  expect(share('connectionReset')).toBeCloseTo(0.1, 1)
  expect(share('serverError')).toBeCloseTo(0.2, 1)
})

async function statuses(zapsign: ReturnType<typeof createZapSign>): Promise<number[]> {
  const all: number[] = []
  for (let count = 0; count < 30; count += 1)
    all.push((await zapsign.fetch('https://api.zapsign.com.br/api/v1/docs/')).status)
  return all
}

test('a provider fails by its fault rate, and in the same way after a reset', async () => {
  const zapsign = createZapSign({ faultRate: { serverError: 0.5 }, seed: 1, warnings: false })
  const before = await statuses(zapsign)
  expect(new Set(before)).toEqual(new Set([403, 500]))
  expect(zapsign.journal.count({ status: 500, outcome: 'serverError' })).toBeGreaterThan(0)
  zapsign.reset()
  expect(await statuses(zapsign)).toEqual(before)
})

test('a forced outcome comes before a fault', async () => {
  const zapsign = createZapSign({ faultRate: { serverError: 1 }, warnings: false })
  zapsign.outcomes.next('badGateway')
  expect((await statuses(zapsign)).slice(0, 2)).toEqual([502, 500])
})

test.each([
  [{ serverError: 2 }, 'faultRate.serverError must be a rate from 0 to 1, got 2'],
  [{ serverError: 0.6, timeout: 0.6 }, 'faultRate must be rates with a sum of at most 1'],
  [{ rateLimited: 0.1 }, 'faultRate.rateLimited is not known'],
])('%j is refused as a fault rate', (faultRate, message) => {
  expect(() => createZapSign({ faultRate: faultRate as FaultRate })).toThrow(message)
})
