import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readTextFile } from '../../../server/files/read-file.js'

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a file is read under another name', () => {
  const file = join(createFolder(), 'a')
  writeFileSync(file, 'ação')
  expect(readTextFile('config.json', file)).toBe('ação')
})

test('a file of more than 4 MiB is refused, one of 4 MiB is read', () => {
  const file = join(createFolder(), 'a')
  writeFileSync(file, 'x'.repeat(4 * 1024 * 1024))
  expect(readTextFile(file)).toHaveLength(4 * 1024 * 1024)
  writeFileSync(file, 'x'.repeat(4 * 1024 * 1024 + 1))
  expect(() => readTextFile('a', file)).toThrow(
    new RangeError('Cannot read a: it is larger than 4 MiB'),
  )
})

test.skipIf(process.platform === 'win32')('a pipe, a device and a folder are refused', () => {
  const folder = createFolder()
  execFileSync('mkfifo', [join(folder, 'pipe')])
  symlinkSync('/dev/zero', join(folder, 'zero'))
  for (const name of ['pipe', 'zero'])
    expect(() => readTextFile(name, join(folder, name))).toThrow(
      new RangeError(`Cannot read ${name}: it is not a regular file`),
    )
  expect(() => readTextFile('folder', folder)).toThrow('Cannot read folder: it is a folder')
  expect(() => readTextFile('absent', join(folder, 'absent'))).toThrow(
    'Cannot read absent: the file does not exist',
  )
})
