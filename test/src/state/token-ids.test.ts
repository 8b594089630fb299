import { expect, test } from 'vitest'
import { createTokenIds } from '../../../src/state/token-ids.js'

const take = (ids: { next(): string }, count: number) =>
  Array.from({ length: count }, () => ids.next())

test.each([undefined, 1, 'a seed'])(
  'with the seed %j they are version 4 UUIDs in 32 hex digits',
  (seed) => {
    for (const id of take(createTokenIds(seed), 50)) {
      expect(id).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
    }
  },
)

test('token ids differ', () => {
  expect(new Set(take(createTokenIds(undefined), 1000)).size).toBe(1000)
  expect(new Set(take(createTokenIds(1), 1000)).size).toBe(1000)
})

test('a seed repeats its sequence, and another seed has another sequence', () => {
  expect(take(createTokenIds('x'), 3)).toEqual(take(createTokenIds('x'), 3))
  expect(take(createTokenIds('x'), 3)).not.toEqual(take(createTokenIds('y'), 3))
})

test('restart begins the sequence again', () => {
  const ids = createTokenIds(7)
  const first = take(ids, 3)
  ids.restart()
  expect(take(ids, 3)).toEqual(first)
})
