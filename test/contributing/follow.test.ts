import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Block, blocksOf } from '../guides/blocks.js'
import { applyDiff } from './apply.js'

type Step = Block & { file: string }

/** The steps of each worked example, by its heading. */
const EXAMPLES = new Map(
  readFileSync('CONTRIBUTING.md', 'utf8')
    .split(/^#{2,3} /m)
    .map((section) => {
      const steps = blocksOf(section).filter((block): block is Step => block.file !== undefined)
      return [section.split('\n', 1)[0] ?? '', steps] as const
    })
    .filter(([, steps]) => steps.length > 0),
)

const STEPS = [...EXAMPLES.values()].flat()
const isTest = ({ file }: Step) => file.endsWith('.test.ts')
const TESTS = STEPS.filter(isTest).map(({ file }) => file)

/** The folders of the package. */
const PACKAGE = ['src', 'mocks', 'server', 'contracts']

/** A copy of the repository. */
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-contributing-'))
  const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    encoding: 'utf8',
  })
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(name)))
    cpSync(file, join(folder, file))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  // The whole `npm run typecheck` takes twice as long: this leaves out the other tests.
  const include = TESTS.map((file) => relative('test', file))
  const compilerOptions = { composite: false, emitDeclarationOnly: false, noEmit: true }
  const references = PACKAGE.map((name) => ({ path: `../${name}` }))
  const config = { extends: './tsconfig.json', include, references, compilerOptions }
  writeFileSync(join(folder, 'test/steps.tsconfig.json'), JSON.stringify(config))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('node_modules', command), ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  return { status, printed: stdout + stderr }
}

/** Runs test files, and returns those that pass. */
function passing(
  files: readonly string[],
  ...args: string[]
): { names: string[]; printed: string } {
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const config = ['--config', 'test/vitest.config.ts', '--project', 'unit']
  const { printed } = run('vitest/vitest.mjs', 'run', ...config, ...reporters, ...files, ...args)
  const { testResults }: { testResults: { name: string; status: string }[] } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const passed = testResults.filter(({ status }) => status === 'passed')
  return { names: files.filter((file) => passed.some(({ name }) => name.endsWith(file))), printed }
}

function follow({ language, file, text }: Step): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  const changed = () => applyDiff(file, readFileSync(path, 'utf8'), text)
  writeFileSync(path, language === 'diff' ? changed() : text)
}

test('each example begins with its test, and the text before a step names the file', () => {
  expect([...EXAMPLES.keys()]).toEqual([
    ...['Add an endpoint', 'Add a claim', 'Add an error response'],
    ...['Add an outcome', 'Add a promise', 'Add a flag'],
  ])
  expect([...EXAMPLES.values()].map(([first]) => first && isTest(first))).not.toContain(false)
  expect(
    STEPS.filter(({ before, file }, index) => {
      const isSameFile = STEPS[index - 1]?.file === file
      return !isSameFile && !before.includes(`\`${file}\``)
    }),
  ).toEqual([])
})

test('before the changes, the tests fail', () => {
  for (const step of STEPS.filter(isTest)) follow(step)
  expect(passing(TESTS).names).toEqual([])
})

test('after the changes, types and style are right and the tests pass', () => {
  for (const step of STEPS.filter((step) => !isTest(step))) follow(step)
  const types = run('typescript/bin/tsc', '-b', 'test/steps.tsconfig.json')
  expect(types).toEqual({ status: 0, printed: '' })
  const files = [...new Set(STEPS.map(({ file }) => file))]
  const lint = run('@biomejs/biome/bin/biome', 'check', '--config-path=.ci/lint.json', ...files)
  expect(lint.status, lint.printed).toBe(0)
  const { names, printed } = passing(TESTS)
  expect(names, printed).toEqual(TESTS)
})

test('the generated documents follow, and name what is new', () => {
  const generated = [
    ...['test/contracts/pact/write-pact.test.ts', 'test/contracts/openapi.test.ts'],
    'test/server/control/document.test.ts',
  ]
  expect(passing(generated).names).toEqual([])
  passing(generated, '--update')
  const { names, printed } = passing(generated)
  expect(names, printed).toEqual(generated)
  const contains = (file: string, text: string) =>
    readFileSync(join(folder, file), 'utf8').includes(text)
  expect(contains('contracts/openapi.json', 'listUsers')).toBe(true)
  expect(contains('contracts/reference-pact.json', 'a list of users')).toBe(true)
  expect(contains('server/control/openapi.json', 'gatewayTimeout')).toBe(true)
})
