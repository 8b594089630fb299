import { expect, test } from 'vitest'
import { deviations, type PackageName, RECORDED } from './packages.js'

const recorded = Object.fromEntries(
  Object.entries(RECORDED).map(([name, [version]]) => [name, version]),
) as Record<PackageName, string>

test('the recorded versions do not deviate', () => {
  expect(deviations(recorded)).toEqual([])
})

test('another patch of a package deviates', () => {
  expect(deviations({ ...recorded, 'python3-django': '3:3.2.25-0+deb12u3' })).toEqual([
    'python3-django 3:3.2.25-0+deb12u3 (recorded: 3:3.2.25-0+deb12u7)',
  ])
})
