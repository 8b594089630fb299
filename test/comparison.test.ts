import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PACT_MSW_ADAPTER } from '../bench/behavior/pact.js'
import { rivals } from '../bench/rivals/index.js'

const page = readFileSync('docs/comparison.md', 'utf8')
const versions = page.slice(page.indexOf('| tool | version |'), page.indexOf('## In short'))

test('the comparison names the versions that the benchmark installs', () => {
  const packages = [PACT_MSW_ADAPTER, ...Object.values(rivals).map((rival) => rival.package)]
  const missing = packages.filter((name) => {
    const at = name.lastIndexOf('@')
    const row = versions.split('\n').find((line) => line.includes(name.slice(0, at)))
    return !row?.includes(`| ${name.slice(at + 1)} |`)
  })
  expect(missing).toEqual([])
})
