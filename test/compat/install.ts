import { execFileSync } from 'node:child_process'

/** Installs packages in a folder. Their install scripts do not run. */
export function npmInstall(folder: string, packages: readonly string[]): void {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']
  const args = ['install', ...options, '--prefer-offline', '--loglevel=error', ...packages]
  execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
