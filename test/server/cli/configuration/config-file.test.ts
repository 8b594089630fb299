import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
])('%s in the current folder is found', async (name, text) => {
  expect(await readConfigFile(undefined, folderWith({ [name]: text }))).toEqual({
    name,
    content: { port: 1 },
  })
})

test('a named file is read instead of the default file', async () => {
  const folder = folderWith({ 'zapsign-mock.config.json': '{"port": 1}', 'mine.yaml': 'port: 2' })
  expect(await readConfigFile('mine.yaml', folder)).toEqual({
    name: 'mine.yaml',
    content: { port: 2 },
  })
  expect(await readConfigFile(join(folder, 'mine.yaml'), '/')).toMatchObject({
    content: { port: 2 },
  })
})

test('no file is needed', async () => {
  expect(await readConfigFile(undefined, folderWith({}))).toBeUndefined()
})

test('the content null is returned as it is, so that the schema refuses it', async () => {
  expect((await readConfigFile('a.json', folderWith({ 'a.json': 'null' })))?.content).toBe(null)
})

test('an empty YAML file is an object without keys', async () => {
  expect(await readConfigFile('a.yaml', folderWith({ 'a.yaml': '' }))).toEqual({
    name: 'a.yaml',
    content: {},
  })
})

test.each([
  ['absent.json', 'Cannot read absent.json: the file does not exist'],
  ['folder.json', 'Cannot read folder.json: it is a folder'],
  ['config.toml', 'config.toml must be a .json, .yaml or .yml file'],
  ['null.json', 'Cannot read null.json: it is not a regular file'],
  ['large.json', 'Cannot read large.json: it is larger than 4 MiB'],
  [
    'deep.yaml',
    'deep.yaml is not valid YAML (line 1, column 201): its values are nested too deeply',
  ],
  [
    'list.yaml',
    /^list\.yaml is not valid YAML \(line 1, column \d+\): its values are nested too deeply$/,
  ],
  ['bad.json', /^bad\.json is not valid JSON( \(line 2, column \d+\))?$/],
  ['bad.yaml', /^bad\.yaml is not valid YAML \(line 2, column 1\): .+$/],
  ['quoted.yaml', 'quoted.yaml is not valid YAML (line 1, column 17): unexpected token'],
  ['twice.yaml', 'twice.yaml is not valid YAML (line 2, column 1): duplicate key'],
  [
    'alias.yaml',
    'alias.yaml is not valid YAML (line 2, column 3): an alias without an anchor before it',
  ],
  ['bomb.yaml', 'bomb.yaml is not valid YAML (line 2, column 8): its aliases cannot be expanded'],
  ['merge.yaml', 'merge.yaml is not valid YAML (line 1, column 1): its aliases cannot be expanded'],
])('%s is refused with one line that does not quote the file', async (name, message) => {
  const folder = folderWith({
    'bad.json': '{"users": [\n{"password": "hidden-value" oops}]}',
    'bad.yaml': 'users: [\n{"password": "hidden-value"\n',
    'config.toml': '',
    'large.json': `"${'x'.repeat(4 * 1024 * 1024)}"`,
    'deep.yaml': '['.repeat(100_000),
    'list.yaml': '- '.repeat(100_000),
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
  symlinkSync('/dev/null', join(folder, 'null.json'))
  const failure = expect(readConfigFile(name, folder)).rejects
  await failure.toThrow(message)
  await expect(readConfigFile(name, folder)).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/hidden-value|\n/) }),
  )
})

test('two default files are refused', async () => {
  const folder = folderWith({ 'zapsign-mock.config.json': '{}', 'zapsign-mock.config.yml': '' })
  await expect(readConfigFile(undefined, folder)).rejects.toThrow(
    'Found more than one configuration file, zapsign-mock.config.json and zapsign-mock.config.yml: choose one with --config',
  )
})
