import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFile } from '../../../server/files/write-file.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = (name: string) => join(folder, name)
const modeOf = (name: string) => statSync(path(name)).mode & 0o777
const IS_POSIX = process.platform !== 'win32'

test('a file is written with its folders, and nothing else remains', () => {
  expect(writeFile(path('a/b/c.json'), 'text')).toBeUndefined()
  expect(readFileSync(path('a/b/c.json'), 'utf8')).toBe('text')
  expect(readdirSync(path('a/b'))).toEqual(['c.json'])
})

test('a file is replaced, not overwritten: whoever has opened it keeps the old content', () => {
  writeFileSync(path('a'), 'old')
  const before = statSync(path('a')).ino
  expect(writeFile(path('a'), 'new')).toBeUndefined()
  expect(readFileSync(path('a'), 'utf8')).toBe('new')
  expect(statSync(path('a')).ino).not.toBe(before)
})

test.skipIf(!IS_POSIX)('a file keeps its permissions; a secret one loses them', () => {
  writeFileSync(path('script'), '')
  chmodSync(path('script'), 0o640)
  writeFile(path('script'), 'new')
  expect(modeOf('script')).toBe(0o640)
  writeFile(path('script'), 'new', { isSecret: true })
  writeFile(path('secret'), 'new', { isSecret: true })
  expect([modeOf('script'), modeOf('secret')]).toEqual([0o600, 0o600])
})

test.skipIf(!IS_POSIX)('the file behind a symbolic link is replaced, and the link remains', () => {
  writeFileSync(path('file'), 'old')
  symlinkSync('file', path('link'))
  expect(writeFile(path('link'), 'new')).toBeUndefined()
  expect(readFileSync(path('file'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['file', 'link'])
})

test.skipIf(!IS_POSIX || process.getuid?.() === 0)('a folder without permission is named', () => {
  mkdirSync(path('locked'), { mode: 0o500 })
  expect(writeFile(path('locked/a'), '')).toBe(
    `Cannot write ${path('locked/a')}: permission denied`,
  )
})

test('a name that is a folder, or below a file, is refused', () => {
  mkdirSync(path('folder'))
  writeFileSync(path('file'), '')
  expect(writeFile(path('folder'), '')).toBe(`Cannot write ${path('folder')}: it is a folder`)
  expect(writeFile(path('file/a/b'), '')).toBe(
    `Cannot write ${path('file/a/b')}: a part of the path is not a folder`,
  )
  expect(readdirSync(folder)).toEqual(['file', 'folder'])
})

test.skipIf(!IS_POSIX)('a pipe that nobody reads is refused at once', () => {
  execFileSync('mkfifo', [path('pipe')])
  expect(writeFile(path('pipe'), 'text')).toBe(
    `Cannot write ${path('pipe')}: no program reads this pipe`,
  )
})

test.skipIf(process.platform !== 'linux').each([
  ['/dev/null', undefined],
  ['/dev/zero', undefined],
  ['/dev/full', 'Cannot write /dev/full: no space left on the device'],
  ['/proc/absent/a', 'Cannot write /proc/absent/a: the file does not exist'],
  ['/proc/absent', 'Cannot write /proc/absent: the file does not exist'],
])('writing to %s ends', (file, message) => {
  expect(writeFile(file, 'text')).toBe(message)
})
