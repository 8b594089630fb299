import { expect, test } from 'vitest'
import { type Combination, combine, pairwise } from './compat/combinations.js'
import { GROUPS, possibleIn } from './compat/groups.js'
import { inLanes } from './compat/lanes.js'

/** Whether two values meet in one of the combinations. */
const meet = (all: readonly Combination[], one: string, other: string) =>
  all.some((row) => Object.values(row).includes(one) && Object.values(row).includes(other))

test('a sample of three factors contains every pair, in far fewer combinations', () => {
  const all = combine({ a: ['a1', 'a2', 'a3'], b: ['b1', 'b2', 'b3'], c: ['c1', 'c2', 'c3'] })
  const sample = pairwise(all)
  expect(all).toHaveLength(27)
  expect(sample.length).toBeLessThan(14)
  for (const one of ['a1', 'a2', 'a3'])
    for (const other of ['b1', 'b2', 'b3', 'c1', 'c2', 'c3'])
      expect([one, other, meet(sample, one, other)]).toEqual([one, other, true])
})

test('a value that meets no other is in the sample', () => {
  expect(pairwise([{ a: 'alone' }, { a: 'a1', b: 'b1' }])).toContainEqual({ a: 'alone' })
})

test.for(GROUPS)('the gate tries every possible pair: $title', (group) => {
  const possible = possibleIn(group)
  const sample = pairwise(possible)
  const values = Object.values(group.factors).flat()
  for (const one of values)
    for (const other of values)
      expect([one, other, meet(sample, one, other)]).toEqual([
        one,
        other,
        meet(possible, one, other),
      ])
})

test('every version that the package promises is among the factors', () => {
  const values = GROUPS.flatMap(({ factors }) => Object.values(factors).flat())
  for (const promised of [
    ...['Node 20', 'Node 22', 'Node 24', 'Node 26', 'msw 2.10', 'msw 2.15', 'msw 3'],
    ...['Pact 16', 'Pact 17', 'Vitest 4', 'Vitest 5', 'Jest 30 ESM', 'Bun', 'Deno', 'workerd'],
  ])
    expect(values).toContain(promised)
})

test('projects with the same packages never run at the same time, and others do', async () => {
  const running: string[] = []
  const seen: string[] = []
  const job = (packages: string) => ({
    packages,
    async run() {
      running.push(packages)
      seen.push([...running].sort().join(' + '))
      await Promise.resolve()
      running.splice(running.indexOf(packages), 1)
    },
  })
  await inLanes([job('a'), job('b'), job('a'), job('c'), job('a')], 2)
  expect(seen).toHaveLength(5)
  expect(seen).toContain('a + b')
  expect(seen).not.toContain('a + a')
})
