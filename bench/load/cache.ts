import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const CACHE = join(tmpdir(), `zapsign-mock-bench-${userInfo().uid}`)

/** npm could not install a package: the registry is out of reach, or has no such version. */
export class NotInstalled extends Error {}

/**
 * The folder of an installed package. It stays in the system's folder for temporary files, under a hash of the
 * name and version, so that the next run need not install it again. The package runs no scripts.
 */
export function installed(what: string): string {
  const folder = folderOf(what)
  if (existsSync(folder)) return folder
  mkdirSync(CACHE, { recursive: true, mode: 0o700 })
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'))
  writeFileSync(join(unfinished, 'package.json'), '{"private": true}')
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--save-exact',
  ]
  try {
    execFileSync('npm', ['install', ...options, what], { cwd: unfinished, stdio: 'ignore' })
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw new NotInstalled(`npm cannot install ${what}`, { cause: error })
  }
  return folder
}

/** Whether a package has been installed, in this run or an earlier one. */
export function isCached(what: string): boolean {
  return existsSync(folderOf(what))
}

function folderOf(what: string): string {
  return join(CACHE, createHash('sha256').update(what).digest('hex').slice(0, 12))
}
