import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isStale, LAST_BUILT } from '../.ci/stale.js'

/** A checkout whose files and folders were last changed at these seconds. */
function checkout(times: Record<string, number>): string {
  const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of Object.keys(times)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(join(root, name), '')
    else mkdirSync(join(root, name), { recursive: true })
  }
  for (const [name, time] of Object.entries(times)) utimesSync(join(root, name), time, time)
  return root
}

const BUILT = {
  [LAST_BUILT]: 50,
  'server/commands/run.ts': 10,
  'server/commands/': 10,
  'server/': 10,
}

test.each<[string, Record<string, number>, boolean]>([
  ['as it was built', {}, false],
  ['where only other files are newer', { 'README.md': 60, 'test/a.test.ts': 60 }, false],
  ['with a source that is newer', { 'server/commands/run.ts': 60 }, true],
  ['with a source that is gone since', { 'server/commands/': 60 }, true],
  ['with other dependencies', { 'package-lock.json': 60 }, true],
])('a checkout %s', (_, times, expected) => {
  expect(isStale(checkout({ ...BUILT, ...times }))).toBe(expected)
})

test('a checkout without a build is stale', () => {
  expect(isStale(checkout({ 'server/index.ts': 10, 'server/': 10 }))).toBe(true)
})
