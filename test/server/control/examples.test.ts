import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { usePublishedCommand } from '../cli/published-command.js'

const { run } = usePublishedCommand()

test.each([
  ['python3', 'python/steering.py', 3],
  ['sh', 'shell/steering.sh', 4],
])('%s drives the clock and the outcomes of the mock', async (command, file, checks) => {
  const needed = command === 'sh' ? 'curl' : command
  if (spawnSync(needed, ['--version']).error) return console.warn(`NOT RUN: there is no ${needed}`)
  const { code, stdout, stderr } = await run(['run', '--', command, resolve('examples', file)])
  expect([code, stdout.match(/^ok /gm)?.length], stdout + stderr).toEqual([0, checks])
})
