import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfigFile } from '../../../../server/cli/configuration/config-file.js'

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test.each([
  ['zapsign-mock.config.json', '{"port": 1}'],
  ['zapsign-mock.config.yaml', 'port: 1'],
  ['zapsign-mock.config.yml', '# a comment\nport: 1\n'],
])('%s is found by itself', async (name, text) => {
  expect(await readConfigFile(undefined, folderWith({ [name]: text }))).toEqual({
    name,
    content: { port: 1 },
  })
})

test('another file is read when it is named', async () => {
  const folder = folderWith({ 'zapsign-mock.config.json': '{"port": 1}', 'mine.yaml': 'port: 2' })
  expect(await readConfigFile('mine.yaml', folder)).toEqual({
    name: 'mine.yaml',
    content: { port: 2 },
  })
  expect(await readConfigFile(join(folder, 'mine.yaml'), '/')).toMatchObject({
    content: { port: 2 },
  })
})

test('there need be none', async () => {
  expect(await readConfigFile(undefined, folderWith({}))).toBeUndefined()
})

test('one that says null is taken as it is, for the schema to refuse', async () => {
  expect((await readConfigFile('a.json', folderWith({ 'a.json': 'null' })))?.content).toBe(null)
})

test('an empty one says nothing', async () => {
  expect(await readConfigFile('a.yaml', folderWith({ 'a.yaml': '' }))).toEqual({
    name: 'a.yaml',
    content: {},
  })
})

test.each([
  ['absent.json', 'absent.json cannot be read: there is no such file'],
  ['folder.json', 'folder.json cannot be read: it is a folder'],
  ['config.toml', 'config.toml must be a .json, .yaml or .yml file'],
  ['bad.json', /^bad\.json is not valid JSON( \(line 2, column \d+\))?$/],
  ['bad.yaml', /^bad\.yaml is not valid YAML \(line 2, column 1\): .+$/],
  ['quoted.yaml', 'quoted.yaml is not valid YAML (line 1, column 17): unexpected token'],
  ['twice.yaml', 'twice.yaml is not valid YAML (line 2, column 1): duplicate key'],
  [
    'alias.yaml',
    'alias.yaml is not valid YAML (line 2, column 3): an alias without an anchor before it',
  ],
  ['bomb.yaml', 'bomb.yaml is not valid YAML (line 2, column 8): it cannot be written out in full'],
  [
    'merge.yaml',
    'merge.yaml is not valid YAML (line 1, column 1): it cannot be written out in full',
  ],
])('%s is a mistake, told in one line', async (name, message) => {
  const folder = folderWith({
    'bad.json': '{"users": [\n{"password": "hidden-value" oops}]}',
    'bad.yaml': 'users: [\n{"password": "hidden-value"\n',
    'config.toml': '',
    'quoted.yaml': 'password: "a b" hidden-value',
    'twice.yaml': 'port: 1\nport: 2',
    'alias.yaml': 'users:\n- *hidden-value',
    'merge.yaml': '%YAML 1.1\n---\n<<: 5\n',
    'bomb.yaml': [
      '- &a0 [hidden-value]',
      ...[0, 1, 2, 3].map((i) => `- &a${i + 1} [${Array(40).fill(`*a${i}`).join()}]`),
    ].join('\n'),
  })
  mkdirSync(join(folder, 'folder.json'))
  const failure = expect(readConfigFile(name, folder)).rejects
  await failure.toThrow(message)
  await expect(readConfigFile(name, folder)).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/hidden-value|\n/) }),
  )
})

test('two that could be meant are one too many', async () => {
  const folder = folderWith({ 'zapsign-mock.config.json': '{}', 'zapsign-mock.config.yml': '' })
  await expect(readConfigFile(undefined, folder)).rejects.toThrow(
    'There are zapsign-mock.config.json and zapsign-mock.config.yml: name one with --config',
  )
})
