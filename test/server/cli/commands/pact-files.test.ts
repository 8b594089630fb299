import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPactFiles } from '../../../../server/cli/commands/pact-files.js'

function folderWith(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(
      join(folder, file),
      file === 'package.json' ? '{}' : '{"consumer":{},"provider":{}}',
    )
  }
  return folder
}

const FILES = [
  'a.json',
  'node_modules/x/package.json',
  'node_modules/x/pacts/x.json',
  'packages/one/node_modules/y/y.json',
  'packages/one/pacts/one.json',
  'packages/two/pacts/deep/two.json',
  'packages/two/readme.md',
]

test.each<[string[], string[]]>([
  [['a.json'], ['a.json']],
  [['.'], ['a.json', 'packages/one/pacts/one.json', 'packages/two/pacts/deep/two.json']],
  [['packages/*/pacts'], ['packages/one/pacts/one.json', 'packages/two/pacts/deep/two.json']],
  [['**/pacts'], ['packages/one/pacts/one.json', 'packages/two/pacts/deep/two.json']],
  [['packages/*/pacts/*.json'], ['packages/one/pacts/one.json']],
  [['node_modules/x/pacts'], ['node_modules/x/pacts/x.json']],
  [['node_modules/*/pacts'], ['node_modules/x/pacts/x.json']],
  [['a.json', '*.json'], ['a.json']],
])('%j finds %j', (names, files) => {
  expect(findPactFiles(names, folderWith(FILES))).toEqual({ pacts: files, others: [] })
})

test.each([
  ['', 'The name of a pact is empty. Is a variable of the shell unset?'],
  ['absent.json', 'Found no pact: no file or folder matches absent.json'],
  ['packages/*/absent', 'Found no pact: no file or folder matches packages/*/absent'],
])('the name %j is refused', (name, message) => {
  expect(() => findPactFiles([name], folderWith(FILES))).toThrow(
    expect.objectContaining({ exitCode: 2, message }),
  )
})

test('JSON files in a folder that are not pacts are listed, and alone they are refused', () => {
  const folder = folderWith(['package.json', 'pacts/a.json'])
  expect(findPactFiles(['.'], folder)).toEqual({
    pacts: ['pacts/a.json'],
    others: ['package.json'],
  })
  expect(() => findPactFiles(['.'], folderWith(['package.json']))).toThrow('Found no pact in .')
  expect(() => findPactFiles(['pacts'], folderWith(['pacts/deep/x.txt']))).toThrow(
    'Found no pact in pacts',
  )
})

test('the URL of a pact stays as it is', () => {
  const url = 'https://broker.example/pacts/provider/ZapSign/consumer/web/pact-version/1'
  expect(findPactFiles([url, url], folderWith([]))).toEqual({ pacts: [url], others: [] })
})
