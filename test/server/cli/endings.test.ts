import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'
import { BIN, usePublishedCommand } from './published-command.js'

const PATH = '/api/v1/auth/token/11111/'
const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }
const IS_POSIX = process.platform !== 'win32'

const { start } = usePublishedCommand()

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Starts the command with streams of the test's choice. */
function launch(args: readonly string[], stdio: ('pipe' | number)[]) {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', ...stdio],
    env: { PATH: process.env['PATH'] ?? '' },
  })
  children.push(child)
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, ended }
}

/** Reads the first line that has an address, and nothing more. */
async function firstUrl(stream: Readable | null): Promise<string> {
  if (!stream) throw new Error('There is no such stream')
  const lines = createInterface({ input: stream })
  for await (const line of lines) {
    const url = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
    if (url === undefined) continue
    lines.close()
    stream.pause()
    return url
  }
  throw new Error('The stream has no address')
}

/** More log lines than a pipe and its buffers hold. */
async function fillTheLog(url: string): Promise<void> {
  const long = `${url}/${'x'.repeat(250)}`
  for (let batch = 0; batch < 60; batch += 1) {
    await Promise.all(Array.from({ length: 50 }, () => fetch(long).then((one) => one.text())))
  }
}

test.each([
  ['stdout', ['--port', '0', '--log', 'pretty']],
  ['stderr', ['--port', '0', '--json', '--log', 'pretty']],
] as const)('serve ends at SIGTERM when nobody reads its log on %s', async (_, args) => {
  const { child, ended } = launch(args, ['pipe', 'pipe'])
  await fillTheLog(await firstUrl(child.stdout))
  const before = performance.now()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(performance.now() - before).toBeLessThan(5000)
})

test('run ends with the program’s code when nobody reads the log on stderr', async () => {
  const script =
    'console.log(process.env.ZAPSIGN_BASE_URL); process.stdin.once("data", () => process.exit(7))'
  const args = ['run', '--log', 'pretty', '--', 'node', '-e', script]
  const child = spawn(process.execPath, [BIN, ...args], { stdio: 'pipe' })
  children.push(child)
  const ended = new Promise((done) => child.once('exit', done))
  await fillTheLog(await firstUrl(child.stdout))
  child.stdin.write('end\n')
  expect(await ended).toBe(7)
})

const STUBBORN =
  "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log('ignored')); console.log('pid', process.pid); setInterval(() => {}, 1000)"

/** A process that ended may remain as a zombie where process 1 does not wait for it. */
function isRunning(pid: number | string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout)
}

const CALLS = [
  ['run', []],
  ['contract', ['--consumer', 'web']],
] as const

test.skipIf(!IS_POSIX).each(CALLS)(
  'the second signal to %s kills a program that ignores signals',
  async (name, options) => {
    const { child, ended, said } = start([name, ...options, '--', 'node', '-e', STUBBORN])
    const [, pid] = await said(/pid (\d+)/)
    child.kill('SIGTERM')
    await said(/ignored/)
    child.kill('SIGINT')
    expect((await ended).code).toBe(137)
    expect(isRunning(String(pid))).toBe(false)
  },
)

test.skipIf(!IS_POSIX).each(CALLS)(
  '5 s after the first signal %s kills a program that ignores signals',
  async (name, options) => {
    const stubborn = `${process.execPath} -e "${STUBBORN}"`
    const shell = `trap '' TERM; ${stubborn} & ${stubborn}`
    const { child, ended, said } = start([name, ...options, '--', 'sh', '-c', shell])
    const [, one, other] = await said(/pid (\d+)[\s\S]*pid (\d+)/)
    const before = performance.now()
    child.kill('SIGTERM')
    expect((await ended).code).toBe(137)
    const seconds = (performance.now() - before) / 1000
    expect([isRunning(String(one)), isRunning(String(other))]).toEqual([false, false])
    expect(seconds).toBeGreaterThan(4.9)
    expect(seconds).toBeLessThan(8)
  },
)

test.skipIf(!IS_POSIX)('SIGHUP reaches the program and does not end it', async () => {
  const script =
    "process.on('SIGHUP', () => console.log('reloaded')); process.on('SIGTERM', () => process.exit(3)); console.log('ready'); setInterval(() => {}, 1000)"
  const { child, ended, said } = start(['run', '--', 'node', '-e', script])
  await said(/ready/)
  for (const times of [1, 2]) {
    child.kill('SIGHUP')
    await said(new RegExp(`(reloaded\\s+){${times}}`))
  }
  child.kill('SIGTERM')
  expect((await ended).code).toBe(3)
})

const FULL = '/dev/full'

test.skipIf(process.platform !== 'linux')(
  'serve works with a full disk under its output',
  async () => {
    const full = openSync(FULL, 'w')
    const stdoutIsFull = launch(['--port', '0', '--json'], [full, 'pipe'])
    stdoutIsFull.child.kill('SIGTERM')
    await stdoutIsFull.ended
    const { child, ended } = launch(['--port', '0', '--json'], ['pipe', full])
    const url = await firstUrl(child.stdout)
    for (let index = 0; index < 3; index += 1)
      expect((await fetch(url + PATH, LOGIN)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    const logged = launch(['--port', '0', '--log', 'json'], [full, 'pipe'])
    const address = await firstUrl(logged.child.stderr)
    for (let index = 0; index < 3; index += 1)
      expect((await fetch(address + PATH, LOGIN)).status).toBe(200)
    logged.child.kill('SIGTERM')
    expect(await logged.ended).toBe(0)
  },
)

test.skipIf(process.platform !== 'linux')(
  'a full disk under its output does not change the exit code of run',
  async () => {
    const full = openSync(FULL, 'w')
    const args = ['run', '--log', 'pretty', '--users', '2', '--', 'node', '-e', 'process.exit(5)']
    expect(await launch(args, [full, full]).ended).toBe(5)
  },
)

test.skipIf(process.platform !== 'linux').each([[['token']], [['--help']], [['--version']]])(
  '%j fails with one line when its result cannot be written',
  async (args) => {
    const { child, ended } = launch(args, [openSync(FULL, 'w'), 'pipe'])
    let stderr = ''
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })
    const closed = new Promise((done) => child.once('close', done))
    expect(await ended).toBe(1)
    await closed
    expect(stderr).toBe('zapsign-mock: Cannot write to stdout: no space left on the device\n')
  },
)

test.skipIf(!IS_POSIX)('with --parent-watch the mock ends when its parent ends', async () => {
  const script = `
    const { spawn } = require('node:child_process')
    spawn(process.execPath, ${JSON.stringify([BIN, '--port', '0', '--json', '--parent-watch'])}, { stdio: ['ignore', 'inherit', 'inherit'] })
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(parent)
  let output = ''
  const ready = new Promise<void>((done) => {
    parent.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes('\n')) done()
    })
  })
  await ready
  const { url, pid } = JSON.parse(output)
  expect((await fetch(url + PATH, LOGIN)).status).toBe(200)
  // The pipe closes when the mock, which has inherited it, has ended too.
  const closed = new Promise((done) => parent.stdout.once('close', done))
  parent.kill('SIGKILL')
  await closed
  expect(isRunning(pid)).toBe(false)
})
