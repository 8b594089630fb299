import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPrivateFolder } from '../../../server/intercept/private-folder.js'
import { prefixOf } from '../../../server/intercept/stale-folders.js'

function parentFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'private-folder-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  return parent
}

/** The id of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid

test('only this user can read the folder and its files, and it is removed', () => {
  const parent = parentFolder()
  const folder = createPrivateFolder(parent)
  const file = folder.write('ca.pem', 'x')
  expect([statSync(folder.path).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
  folder.remove()
  expect(readdirSync(parent)).toEqual([])
})

test('the folder of a process that was killed is removed at the next start', () => {
  const parent = parentFolder()
  const stale = join(parent, `${prefixOf(deadPid())}aB3xY9`)
  mkdirSync(join(stale, 'bin'), { recursive: true })
  const { path, remove } = createPrivateFolder(parent)
  expect(readdirSync(parent).map((name) => join(parent, name))).toEqual([path])
  remove()
})

test('folders of running processes, of other machines and of other programs stay', () => {
  const parent = parentFolder()
  const [pid, elsewhere] = [deadPid(), parentFolder()]
  const names = [
    `${prefixOf(process.ppid)}aB3xY9`,
    `zapsign-mock-intercept-000000000000-${pid}-aB3xY9`,
    `zapsign-mock-intercept-${pid}-aB3xY9`,
    `${prefixOf(pid)}not-six-characters`,
    'zapsign-mock-aB3xY9',
  ]
  for (const name of names) mkdirSync(join(parent, name))
  symlinkSync(elsewhere, join(parent, `${prefixOf(pid)}linkXX`))
  createPrivateFolder(parent).remove()
  expect(readdirSync(parent).sort()).toEqual([...names, `${prefixOf(pid)}linkXX`].sort())
  expect(statSync(elsewhere).isDirectory()).toBe(true)
})
