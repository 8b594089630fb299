import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The Debian packages that decide what the real frameworks answer, each with the versions that the
 * expectations of this project were measured on. A difference at these versions is an error of the mock.
 * At other versions it may be a change in the frameworks, so it is printed and nothing fails. To record
 * newer versions: run `npm run provider:versions`, decide about each difference, and add them here.
 */
export const RECORDED = {
  'python3.11': ['3.11.2-6+deb12u6'],
  'python3-django': ['3:3.2.25-0+deb12u7'],
  'python3-djangorestframework': ['3.14.0-2+deb12u1'],
  'python3-djangorestframework-simplejwt': ['5.2.2-1'],
  'python3-jwt': ['2.6.0-1', '2.6.0-1+deb12u1'],
} as const satisfies Record<string, readonly string[]>

export type PackageName = keyof typeof RECORDED

/** A folder with unpacked packages that are used instead of the installed ones: see `versions.ts`. */
export const UNPACKED = process.env['FRAMEWORKS_FOLDER']

/** The file in that folder with the versions of what is unpacked there. */
export const VERSIONS_FILE = 'versions.json'

/** The version of each package that is compared with. */
export function currentVersions(): Record<PackageName, string> {
  const names = Object.keys(RECORDED) as PackageName[]
  const installed = Object.fromEntries(names.map((name) => [name, installedVersion(name)]))
  return { ...installed, ...unpackedVersions() } as Record<PackageName, string>
}

function installedVersion(name: string): string {
  const query = ['-W', '-f', '$' + '{Version}', name]
  const { stdout } = spawnSync('dpkg-query', query, { encoding: 'utf8' })
  return stdout || 'none'
}

function unpackedVersions(): Record<string, string> {
  const file = UNPACKED && join(UNPACKED, VERSIONS_FILE)
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** What is compared with in another version than the recorded ones: one line for each package. */
export function deviations(current = currentVersions()): string[] {
  return Object.entries<readonly string[]>(RECORDED)
    .map(([name, recorded]) => ({ name, recorded, version: current[name as PackageName] }))
    .filter(({ recorded, version }) => !recorded.includes(version))
    .map(({ name, recorded, version }) => `${name} ${version} (recorded: ${recorded.join(', ')})`)
}

/** Whether a version of a Debian package is older than another one. */
export function isOlder(version: string, other: string): boolean {
  try {
    execFileSync('dpkg', ['--compare-versions', version, 'lt', other])
    return true
  } catch {
    return false
  }
}
