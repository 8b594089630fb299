import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Installs packages in a folder. Their install scripts do not run. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']
  const args = ['install', ...options, '--prefer-offline', '--loglevel=error', ...packages]
  await promisify(execFile)('npm', args, { cwd: folder })
}
