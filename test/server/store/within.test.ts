import { expect, test } from 'vitest'
import { within } from '../../../server/store/within.js'

const late = () => new Error('late')

test('a promise that settles in time keeps its value or its error', async () => {
  expect(await within(Promise.resolve(1), 1000, late)).toBe(1)
  await expect(within(Promise.reject(new Error('own')), 1000, late)).rejects.toThrow('own')
})

test('the limit is never shorter than it says', async () => {
  for (let run = 0; run < 200; run += 1) {
    const started = performance.now()
    await expect(within(new Promise(() => {}), 1, late)).rejects.toThrow('late')
    expect(performance.now() - started).toBeGreaterThanOrEqual(1)
  }
})
