import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { usePublishedCommand } from '../cli/published-command.js'

const { run } = usePublishedCommand()

test('a shell script drives the clock and the outcomes of the mock', async ({ skip }) => {
  if (spawnSync('curl', ['--version']).error) skip('NOT RUN: there is no curl here')
  const script = resolve('examples/shell/steering.sh')
  const { code, stdout, stderr } = await run(['run', '--', 'sh', script])
  expect([code, stdout.match(/^ok /gm)?.length], stdout + stderr).toEqual([0, 4])
})
