import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { CREDENTIALS, JSON_TYPE } from './support.js'

const FOLDER = 'examples/compose'

/** The steps of the Dockerfile, in their order. */
const STEPS = readFileSync(`${FOLDER}/Dockerfile`, 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .trim()
  .split('\n')
  .map((line) => {
    const [, name = '', text = ''] = /^(\w+) +(.*)$/.exec(line) ?? []
    return { name, text }
  })

const textOf = (name: string) => STEPS.find((step) => step.name === name)?.text ?? ''
const listOf = (text: string): string[] => JSON.parse(/\[.*\]/.exec(text)?.[0] ?? '[]')

/** What npm installs globally goes here, as in the image. */
let prefix: string

const environment = () => ({
  PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
  HOME: prefix,
  npm_config_prefix: prefix,
  npm_config_offline: 'true',
  VERSION: `file:${inject('tarball')}`,
})

/** As the user of the image: not root, where the tests run as root. */
const asUser = () => (process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {})

beforeAll(() => {
  prefix = mkdtempSync(join(tmpdir(), 'zapsign-mock-image-'))
  chmodSync(prefix, 0o755)
  for (const { name, text } of STEPS) {
    if (name === 'RUN') execFileSync('sh', ['-c', text], { env: environment(), stdio: 'pipe' })
  }
})

afterAll(() => rmSync(prefix, { recursive: true, force: true }))

/** Starts the mock as the image does, on a free port. */
async function start(before: readonly string[] = []) {
  const [file = '', ...args] = [
    ...before,
    ...listOf(textOf('ENTRYPOINT')),
    ...listOf(textOf('CMD')),
    ...['--port', '0', '--json'],
  ]
  const user = before.length > 0 ? {} : asUser()
  const child = spawn(file, args, {
    ...user,
    cwd: prefix,
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { port }: { port: number } = JSON.parse(line)
  return { child, port }
}

async function signIn(port: number): Promise<number> {
  const { status } = await fetch(`http://127.0.0.1:${port}/api/v1/auth/token/11111/`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify(CREDENTIALS),
  })
  return status
}

test('the steps of the Dockerfile give a mock that is healthy, not root, and ends on SIGTERM', async () => {
  const { child, port } = await start()
  try {
    expect(await signIn(port)).toBe(200)
    const [file = '', ...args] = listOf(textOf('HEALTHCHECK'))
    const here = args.map((arg) => arg.replace('9277', String(port)))
    const { status } = spawnSync(file, here, { env: environment(), ...asUser() })
    expect(status).toBe(0)
    expect([textOf('USER'), textOf('EXPOSE')]).toEqual(['node', '9277'])
  } finally {
    child.kill('SIGTERM')
  }
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('the health check fails where no mock answers', () => {
  const [file = '', ...args] = listOf(textOf('HEALTHCHECK'))
  // Nobody listens on port 1.
  const here = args.map((arg) => arg.replace('9277', '1').replace('3s', '200ms'))
  const { status, stderr } = spawnSync(file, here, { env: environment(), encoding: 'utf8' })
  expect(status, stderr).toBe(1)
})

const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0

test('as PID 1 the mock ends on SIGTERM with exit code 0', async ({ skip }) => {
  if (!canUnshare) skip('NOT RUN: a process here cannot have a PID namespace of its own')
  const { child, port } = await start([
    'unshare',
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
  ])
  expect(await signIn(port)).toBe(200)
  // `unshare` waits for its child, which is PID 1 in its namespace.
  const [mock = ''] = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/)
  process.kill(Number(mock), 'SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('the compose file builds the Dockerfile, and waits for a healthy mock', () => {
  const { services } = parse(readFileSync(`${FOLDER}/compose.yaml`, 'utf8'))
  expect(services.zapsign.build).toBe('.')
  expect(services.app.depends_on).toEqual({ zapsign: { condition: 'service_healthy' } })
  const [, , port] = services.zapsign.ports[0].split(':')
  expect(port).toBe(textOf('EXPOSE'))
  expect(services.app.environment.ZAPSIGN_API_URL).toBe(`http://zapsign:${port}/api/v1`)
})
