import { execFileSync } from 'node:child_process'
import { isStale } from '../.ci/stale.js'

/** Builds what is published before the tests that run it, unless the last build is up to date. */
export function setup(): void {
  if (!isStale('.')) return
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
