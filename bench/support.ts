import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder that is gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Packs the package, and returns the tarball. */
export function pack(): string {
  const folder = temporaryFolder()
  execFileSync('npm', ['pack', '--pack-destination', folder], { stdio: 'ignore' })
  return join(folder, readdirSync(folder)[0] ?? '')
}

/** Installs a package in an empty folder with an empty cache, and returns the folder. */
export function install(what: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  const options = ['--no-audit', '--no-fund', '--cache', join(folder, '.npm-cache')]
  execFileSync('npm', ['install', ...options, what], { cwd: folder, stdio: 'ignore' })
  rmSync(join(folder, '.npm-cache'), { recursive: true, force: true })
  return folder
}

/** The bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: false })
  return files
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
