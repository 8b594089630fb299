import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made of; a folder's own time tells of files that are gone. */
const SOURCES = [
  ...['src', 'mocks', 'server', 'contracts', '.ci'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
]

/** The file that a build writes last, so that an incomplete build counts as stale. */
export const LAST_BUILT = 'dist/THIRD_PARTY_LICENSES'

/** Whether a checkout has no build, or something newer than it. */
export function isStale(root: string): boolean {
  const built = statSync(join(root, LAST_BUILT), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return SOURCES.map((name) => join(root, name)).some((path) => newest(path) >= built)
}

function newest(path: string): number {
  if (!existsSync(path)) return 0
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
