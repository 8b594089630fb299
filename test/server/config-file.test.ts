import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfigFile } from '../../server/config-file.js'

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
])('%s is a mistake, told in one line', async (name, message) => {
  const folder = folderWith({
    'bad.json': '{"users": [\n{"password": "hidden-value" oops}]}',
    'bad.yaml': 'users: [\n{"password": "hidden-value"\n',
    'config.toml': '',
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
