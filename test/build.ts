import { execFileSync } from 'node:child_process'

/** What is published is built anew before any test that runs it. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
