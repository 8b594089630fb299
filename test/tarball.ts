import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Packs the package into a new folder below `root`, and returns the path. `npm pack` builds dist/ if it is stale. */
export function packInto(root: string): string {
  const folder = mkdtempSync(join(root, 'packed-'))
  const args = ['pack', '--silent', '--pack-destination', folder]
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  return join(folder, readdirSync(folder)[0] ?? '')
}
