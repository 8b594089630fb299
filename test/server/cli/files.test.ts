import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BIN, usePublishedCommand } from './published-command.js'

const { run, path } = usePublishedCommand()

test.each([
  [
    ['contract', '--junit', 'a', '--report', './a', '--', 'no-such-program'],
    '--junit and --report are the same file: ./a',
  ],
  [
    [
      'contract',
      '--consumer',
      'web',
      '--report',
      'pacts/web-ZapSign.json',
      '--',
      'no-such-program',
    ],
    'the pact and --report are the same file: pacts/web-ZapSign.json',
  ],
  [
    ['verify', 'pact.json', '--report', 'pact.json'],
    'a pact and --report are the same file: pact.json',
  ],
  [
    ['--users', '1', '--users-file', 'zapsign-mock.config.json'],
    'the configuration file and --users-file are the same file: zapsign-mock.config.json',
  ],
  [['--users', '1000000'], '--users must be a whole number from 1 to 10000, got 1000000'],
])('%j is refused before anything happens', async (args, message) => {
  writeFileSync(path('pact.json'), '{}')
  writeFileSync(path('zapsign-mock.config.json'), '{}')
  expect(await run(args)).toEqual({ code: 2, stdout: '', stderr: `zapsign-mock: ${message}\n` })
  expect(existsSync(path('a'))).toBe(false)
})

test.skipIf(process.platform === 'win32')('a folder that was deleted gets one line', () => {
  mkdirSync(path('gone'))
  const script = `cd ${path('gone')} && rmdir ${path('gone')} && exec ${process.execPath} ${BIN} token`
  const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([
    2,
    'zapsign-mock: Cannot use the current folder: it no longer exists\n',
  ])
})

test('a folder for temporary files that cannot be used gets one line', async () => {
  rmSync(path('absent'), { force: true })
  for (const args of [['verify'], ['contract', '--consumer', 'web', '--', 'node', '--version']]) {
    const { code, stderr } = await run(args, { TMPDIR: path('absent') })
    expect([code, stderr.trimEnd().split('\n').at(-1)]).toEqual([
      2,
      `zapsign-mock: Cannot create a temporary folder in ${path('absent')}: the file does not exist. Set TMPDIR to a folder that you can write to.`,
    ])
  }
})
