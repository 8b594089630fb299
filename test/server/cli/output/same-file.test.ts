import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { refuseSameFile } from '../../../../server/cli/output/same-file.js'

test('two names for one file are refused, whatever they look like', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = (name: string) => `${folder}/${name}`
  mkdirSync(path('real'))
  symlinkSync('real', path('link'))
  writeFileSync(path('real/a'), '')
  symlinkSync('a', path('real/b'))
  for (const [one, other] of [
    ['x', 'x'],
    ['x', './y/../x'],
    ['real/new/x', 'link/new/x'],
    ['real/a', 'link/b'],
  ] as const) {
    expect(() =>
      refuseSameFile([
        ['--junit', path(one)],
        ['--report', path(other)],
      ]),
    ).toThrow(new RangeError(`--junit and --report are the same file: ${path(other)}`))
  }
  refuseSameFile([
    ['--junit', path('x')],
    ['--report', path('y')],
    ['--other', undefined],
  ])
  refuseSameFile([
    ['--junit', '/dev/null'],
    ['--report', '/dev/null'],
  ])
})
