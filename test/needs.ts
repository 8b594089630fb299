import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** The commands and files that something needs, and the Debian packages that have them. */
export type Needs = Readonly<Record<string, readonly string[]>>

/** What is not installed. With CI set, `--all` installs it first where that is possible. */
export function missingOf(needs: Needs): string[] {
  const missing = () => Object.keys(needs).filter((need) => !isHere(need))
  if (missing().length > 0 && process.env['CI'] && process.argv.includes('--all')) {
    const packages = missing().flatMap((need) => needs[need] ?? [])
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', ...packages])
  }
  return missing()
}

function isHere(need: string): boolean {
  if (isAbsolute(need)) return existsSync(need)
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.some((folder) => existsSync(join(folder, need)))
}
