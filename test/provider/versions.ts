/**
 * `npm run provider:versions`: compares the mock with other versions of the frameworks than the recorded
 * ones, and prints what they do otherwise. It installs nothing: packages are unpacked in a temporary folder.
 * Takes the newest versions that Debian offers for this system, or those that are named:
 * `npm run provider:versions -- python3-django=3:3.2.25-0+deb12u3`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RECORDED, VERSIONS_FILE } from './packages.js'

/** The interpreter is the system's own: it cannot be unpacked next to it. */
const UNPACKABLE = Object.keys(RECORDED).filter((name) => name !== 'python3.11')

const named = process.argv.slice(2)
for (const argument of named) {
  const [name = '', version] = argument.split('=')
  if (version && UNPACKABLE.includes(name)) continue
  console.error(`Expected PACKAGE=VERSION with one of ${UNPACKABLE.join(', ')}, got "${argument}"`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-frameworks-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

download()
const versions = unpack()
console.log('Unpacked:', versions)
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/provider/vitest.config.ts',
]
const { status } = spawnSync(process.execPath, [...vitest, 'test/provider/differential.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FRAMEWORKS_FOLDER: folder },
})
process.exitCode = status ?? 1

function download(): void {
  const names = named.map((argument) => argument.split('=')[0])
  const newest = UNPACKABLE.filter((name) => !names.includes(name))
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    // Into the current folder, as root: apt's own user may not write there, which it mentions.
    execFileSync('apt-get', ['download', '-qq', ...named, ...newest], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    console.error(`apt-get could not download the packages: ${stderr?.trim() || message}`)
    process.exit(1)
  }
}

function unpack(): Record<string, string> {
  const versions: Record<string, string> = {}
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    const deb = join(folder, file)
    const field = (name: string) =>
      execFileSync('dpkg-deb', ['-f', deb, name], { encoding: 'utf8' }).trim()
    versions[field('Package')] = field('Version')
    execFileSync('dpkg-deb', ['-x', deb, folder])
  }
  writeFileSync(join(folder, VERSIONS_FILE), JSON.stringify(versions))
  return versions
}
