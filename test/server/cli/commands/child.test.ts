import { expect, test } from 'vitest'
import { runChild } from '../../../../server/cli/commands/child.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
const listening = () => SIGNALS.map((signal) => process.listenerCount(signal))

test.each<[string, [string, ...string[]]]>([
  ['that ends', ['node', '--version']],
  ['that does not exist', ['no-such-program']],
  ['that Node refuses to start', ['node', '\0']],
])('runChild removes its signal listeners after a program %s', async (_, child) => {
  const before = listening()
  await runChild(child, {}).catch(() => {})
  expect(listening()).toEqual(before)
})

test('a program that Node refuses to start gets exit code 126', async () => {
  await expect(runChild(['node', '\0'], {})).rejects.toThrow(
    expect.objectContaining({ exitCode: 126 }),
  )
})
