import { expect, test } from 'vitest'
import { runChild } from '../../../../server/cli/commands/child.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
const listening = () => SIGNALS.map((signal) => process.listenerCount(signal))

test.each<[string, [string, ...string[]]]>([
  ['that can be run', ['node', '--version']],
  ['that is not there', ['no-such-program']],
  ['that Node refuses to start', ['node', '\0']],
])('nobody listens to signals any more after a program %s', async (_, child) => {
  const before = listening()
  await runChild(child, {}).catch(() => {})
  expect(listening()).toEqual(before)
})

test('a program that Node refuses to start cannot be run', async () => {
  await expect(runChild(['node', '\0'], {})).rejects.toThrow(
    expect.objectContaining({ exitCode: 126 }),
  )
})
