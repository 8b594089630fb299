import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLatency } from '../../src/latency.js'

test('a delay is always the same', () => {
  expect([readLatency('200ms')?.(), readLatency('0ms')?.()]).toEqual([200, 0])
})

test('a range gives delays within it, and not always the same', () => {
  const whole = fc.nat(1_000_000)
  fc.assert(
    fc.property(whole, whole, (least, more) => {
      const draw = readLatency(`${least}ms-${least + more}ms`)
      const delays = Array.from({ length: 20 }, () => draw?.() ?? -1)
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(least)
      expect(Math.max(...delays)).toBeLessThanOrEqual(least + more)
    }),
  )
  const draw = readLatency('0s-1s')
  expect(new Set(Array.from({ length: 20 }, () => draw?.())).size).toBeGreaterThan(1)
})

test.each(['', '200', '-1s', '400ms-100ms', '1s-', '-', '1s-2s-3s', '25d', '1s-25d', 5, null])(
  '%j is not a latency',
  (value) => {
    expect(readLatency(value)).toBeUndefined()
  },
)
