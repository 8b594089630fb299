import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { LITERALS, PROMISE_NAMES } from '../contracts/promises.js'
import { EXAMPLES as PROJECTS } from './examples/projects.js'
import { usePublishedCommand } from './server/cli/published-command.js'

const { run, path } = usePublishedCommand()

/** Each example, and the command that runs it. */
const EXAMPLES: [folder: string, command: string, file: string][] = [
  ['python', 'python3', 'contract.py'],
  ['php', 'php', 'contract.php'],
  ['shell', 'sh', 'client.sh'],
]

/** Examples that are not clients. They have separate tests. */
const NO_CLIENTS = ['compose', 'documents', 'kubernetes']

/** What an example needs on the machine besides its command. */
const ALSO: Record<string, string> = { shell: 'curl' }

function skipWhereAbsent(folder: string, command: string, { skip }: TestContext): void {
  for (const needed of [command, ALSO[folder] ?? command]) {
    if (spawnSync(needed, ['--version']).error) skip(`NOT RUN: there is no ${needed} here`)
  }
}

const inPath = { PATH: process.env['PATH'] ?? '' }

test('every example is run somewhere', () => {
  const folders = readdirSync('examples', { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )
  const run = [...EXAMPLES.map(([name]) => name), ...PROJECTS.map(({ name }) => name)]
  const known = new Set([...run, ...NO_CLIENTS])
  expect(folders.map(({ name }) => name).sort()).toEqual([...known].sort())
})

test('every example has a short page', () => {
  // The one in `documents` is shipped, and explains itself.
  for (const folder of readdirSync('examples').filter((name) => !/documents|[.]/.test(name))) {
    const page = readFileSync(`examples/${folder}/README.md`, 'utf8')
    expect(page.split('\n').length, folder).toBeLessThanOrEqual(31)
    expect(readFileSync('examples/README.md', 'utf8')).toContain(`](${folder})`)
  }
})

test.for(EXAMPLES)('the client in %s keeps every promise', async ([folder, command, file], it) => {
  skipWhereAbsent(folder, command, it)
  const { code, stdout, stderr } = await run(
    [
      ...['contract', '--consumer', folder, '--report', 'report.json'],
      ...['--promises', PROMISE_NAMES.join()],
      ...['--', command, resolve('examples', folder, file)],
    ],
    inPath,
  )
  expect([code, stdout.trim().split('\n')], stderr).toEqual([
    0,
    PROMISE_NAMES.map((name) => `ok ${name}`),
  ])
  const { promises, unexpected } = JSON.parse(readFileSync(path('report.json'), 'utf8'))
  expect(unexpected).toEqual([])
  expect(promises).toEqual(PROMISE_NAMES.map((name) => ({ name, result: 'kept', requests: 1 })))
  const pact = JSON.parse(readFileSync(path(`pacts/${folder}-ZapSign.json`), 'utf8'))
  expect(pact.interactions).toHaveLength(PROMISE_NAMES.length)
})

/** Answers that no client may take for what it asked for. */
const ANSWERS: [string, number, string][] = [
  ['an empty object', 200, '{}'],
  ['an error of the server', 500, '{}'],
  ['a refusal', 401, '{"detail":"no","code":"no"}'],
  ['a limit', 400, '{"message":"Rate limit exceeded"}'],
]

test.for(EXAMPLES)('the client in %s checks its input', async ([folder, command, file], it) => {
  skipWhereAbsent(folder, command, it)
  const { default: spawn } = await import('cross-spawn')
  for (const [what, status, body] of ANSWERS) {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    }).listen(0, '127.0.0.1')
    try {
      await new Promise((done) => server.once('listening', done))
      const { port } = server.address() as AddressInfo
      const child = spawn(command, [resolve('examples', folder, file)], {
        stdio: 'ignore',
        env: { ...inPath, ...environmentFor(`http://127.0.0.1:${port}`) },
      })
      const code = await new Promise((done) => child.once('exit', done))
      expect(code, what).toBe(1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
})

function environmentFor(url: string): Record<string, string> {
  const given = Object.entries(LITERALS).map(([name, value]) => [
    `ZAPSIGN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
    value,
  ])
  return { ZAPSIGN_API_URL: `${url}/api/v1`, ...Object.fromEntries(given) }
}
