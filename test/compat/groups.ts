import { checkProject } from './check.js'
import { type Combination, combine, type Factors } from './combinations.js'
import { jestProject } from './jest.js'
import type { Project } from './project.js'
import type { Runtime } from './runtimes.js'
import { typesProject } from './types.js'

/** Combinations of the same factors, which are printed as one table. */
export interface Group {
  title: string
  /** The last factor is the columns of the table. */
  factors: Factors
  /** What cannot work for reasons outside this package. */
  excludes?: readonly Exclusion[]
  project(combination: Combination): Project
}

interface Exclusion {
  reason: string
  test(combination: Combination): boolean
}

const NODES = ['Node 20', 'Node 22', 'Node 24', 'Node 26'] as const satisfies readonly Runtime[]

/** What a value stands for, where it means that a package is installed. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'msw 2.10': ['msw@~2.10.0'],
  'msw 2.15': ['msw@~2.15.0'],
  'msw 3': ['msw@^3'],
  'Vitest 4': ['vitest@^4.1'],
  'Vitest 5': ['vitest@^5', 'vite@^8'],
  'Jest 30': ['jest@^30', '@types/jest@^30'],
  'Pact 16': ['@pact-foundation/pact@^16'],
  'Pact 17': ['@pact-foundation/pact@^17'],
}

const packagesOf = (combination: Combination): readonly string[] =>
  Object.values(combination).flatMap((value) => PACKAGES[value] ?? [])

/** Some newest versions call functions that Node 20 lacks: `Promise.withResolvers`, `Map.groupBy`. */
const NOT_ON_NODE_20: Exclusion = {
  reason: 'msw 3, Vitest 5 and Pact 17 do not run on Node 20',
  test: ({ node, ...others }) =>
    node === 'Node 20' && Object.values(others).some((one) => /msw 3|Vitest 5|Pact 17/.test(one)),
}

const NOT_TRANSFORMED: Exclusion = {
  reason: 'msw 3 uses import.meta, which babel-jest and ts-jest cannot compile to CommonJS',
  test: ({ msw, runner }) => msw === 'msw 3' && /babel-jest|ts-jest/.test(runner ?? ''),
}

const NO_VM_MODULES: Exclusion = {
  reason: 'Jest loads ESM in CommonJS with --experimental-vm-modules on Node 24.9 and newer',
  test: ({ runner, node }) => runner === 'Jest 30 CommonJS, vm-modules' && /20|22/.test(node ?? ''),
}

/** The combinations of a group that can work. */
export const possibleIn = ({ factors, excludes = [] }: Group): Combination[] =>
  combine(factors).filter((one) => !excludes.some(({ test }) => test(one)))

/** What `npm run test:compat` runs a sample of, and `.ci/matrix` in full. */
export const GROUPS: readonly Group[] = [
  {
    title: 'Test suites that use the MSW handlers',
    factors: {
      msw: ['msw 2.10', 'msw 2.15', 'msw 3'],
      runner: [
        ...['Vitest 4', 'Vitest 5', 'Jest 30 ESM'],
        ...['Jest 30 CommonJS, babel-jest', 'Jest 30 CommonJS, ts-jest'],
        'Jest 30 CommonJS, vm-modules',
      ],
      node: NODES,
    },
    excludes: [NOT_ON_NODE_20, NOT_TRANSFORMED, NO_VM_MODULES],
    project: (combination) => ({
      ...(combination['runner']?.startsWith('Jest')
        ? jestProject(combination['runner'], packagesOf(combination))
        : {
            packages: packagesOf(combination),
            command: ['node_modules/vitest/vitest.mjs', 'run', '--globals'],
          }),
      ...runtimeOf(combination['node']),
    }),
  },
  {
    title: 'Contracts of clients and providers',
    factors: { pact: ['Pact 16', 'Pact 17'], node: NODES },
    excludes: [NOT_ON_NODE_20],
    project: (combination) => ({
      packages: packagesOf(combination),
      command: ['contracts.mjs'],
      ...runtimeOf(combination['node']),
    }),
  },
  {
    title: 'Other runtimes',
    factors: {
      runtime: ['Bun', 'Deno', 'workerd'],
      msw: ['without msw', 'msw 2.10', 'msw 2.15', 'msw 3'],
    },
    excludes: [
      {
        reason: 'workerd runs the core only, without msw',
        test: ({ runtime, msw }) => (runtime === 'workerd') !== (msw === 'without msw'),
      },
    ],
    project: (combination) => ({
      packages: packagesOf(combination),
      ...runtimeOf(combination['runtime']),
      ...(combination['runtime'] === 'workerd'
        ? { bundle: 'worker.mjs', command: ['test', 'workerd.capnp'] }
        : checkProject(combination['runtime'])),
    }),
  },
  {
    title: 'Types of every entry',
    factors: {
      kind: ['with "type": "module"', 'without "type"'],
      typescript: ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '7.0'],
      resolution: [
        ...['commonjs/node10', 'node16/node16', 'nodenext/nodenext'],
        ...['esnext/bundler', 'preserve/bundler'],
      ],
    },
    excludes: [
      {
        reason: 'TypeScript 6 and newer have no resolution node10',
        test: ({ typescript, resolution }) =>
          Number(typescript) > 5.9 && resolution === 'commonjs/node10',
      },
    ],
    project: typesProject,
  },
  {
    title: 'Types of the matchers',
    factors: { program: ['matchers.ts'], runner: ['Vitest 4', 'Vitest 5', 'Jest 30'] },
    project: (combination) => ({
      packages: [...(PACKAGES['msw 2.15'] ?? []), ...packagesOf(combination)],
      command: [
        ...[`${process.cwd()}/node_modules/typescript/bin/tsc`, '--noEmit', '--strict'],
        ...['--skipLibCheck', '--target', 'es2022', '--module', 'nodenext', 'matchers.ts'],
        ...['--types', combination['runner'] === 'Jest 30' ? 'jest' : 'vitest/globals'],
      ],
    }),
  },
]

const runtimeOf = (value: string | undefined) => ({ runtime: value as Runtime })
