import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * The folder of an installed package. It stays in the system's folder for temporary files, under a hash of the
 * name and version, so that the next run need not install it again. The package runs no scripts.
 */
export function installed(what: string): string {
  const cache = join(tmpdir(), `zapsign-mock-bench-${userInfo().uid}`)
  const folder = join(cache, createHash('sha256').update(what).digest('hex').slice(0, 12))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
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
    throw new Error(`Cannot install ${what} from the npm registry`, { cause: error })
  }
  return folder
}
