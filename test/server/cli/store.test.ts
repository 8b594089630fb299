import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../server/index.js'
import { installPacked } from '../../packed.js'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'
import { MISSING, type Redis, startRedis } from '../store/redis.js'
import { usePublishedCommand } from './published-command.js'

const PATH = '/api/v1/auth/token/11111/'

const { start, run, path } = usePublishedCommand()

const login = (url: string, password = CREDENTIALS.password) =>
  fetch(url + PATH, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ ...CREDENTIALS, password }),
  })

const statusesOf = async (replies: Promise<Response>[]) => {
  const count: Record<number, number> = {}
  for (const { status } of await Promise.all(replies)) count[status] = (count[status] ?? 0) + 1
  return count
}

/** Starts a mock with a store of its own, unless a prefix is given. */
async function serve(url: string, args: readonly string[] = []) {
  const options = ['--port', '0', '--json', '--log', 'silent', '--store', url, ...args]
  const command = start(options)
  const [line] = await command.said(/^.*\n/)
  return { ...command, ready: JSON.parse(line) }
}

/** The processes that a process has started. */
function childrenOf({ pid }: { pid?: number | undefined }): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = list.trim().split('\n')
  return rows
    .map((row) => row.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child)
}

test('a wrong use of the flags about shared state gets one line and exit code 2', async () => {
  const forms =
    /^zapsign-mock: --store must be a URL such as redis:\/\/localhost:6379, rediss:\/\/localhost or valkey:\/\/localhost, with [a-z -]+\n$/
  const wrong: [string[], RegExp][] = [
    [['--workers', '2'], /^zapsign-mock: --workers needs --store: [^\n]*\n$/],
    [['--store-prefix', 'x'], /^zapsign-mock: --store-prefix needs --store\n$/],
    [['--store', 'http://me:S3cret@localhost'], forms],
    [['--store', 'redis://me:S3/cret@localhost'], forms],
    [['--store', 'redis://localhost', '--workers', '0'], /--workers must be a whole number from 1/],
    [['redis://me:S3cret@localhost'], /Unknown command "redis:\/\/\(withheld\)@localhost"/],
  ]
  for (const [args, stderr] of wrong) {
    const ended = await run(args)
    expect(ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) })
    expect(ended.stderr).not.toMatch(/S3|cret/)
  }
  writeFileSync(path('zapsign-mock.config.json'), JSON.stringify({ workers: 2 }))
  expect((await run(['--watch', '--store', 'redis://localhost'])).stderr).toBe(
    'zapsign-mock: Cannot combine --watch with --store: mocks that share a state must have the same options\n',
  )
})

test.each([[], ['--workers', '2']])(
  'a store that nobody answers for gets one line and exit code 1',
  async (...args) => {
    // Nobody listens on port 1.
    const ended = await run(['--port', '0', '--store', 'redis://me:S3cret@127.0.0.1:1', ...args])
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'zapsign-mock: Cannot use redis://(withheld)@127.0.0.1:1: the store cannot be reached (ECONNREFUSED)\n',
    })
  },
)

test('the command says how to install the client, and finds it next to itself', () => {
  const packed = installPacked()
  onTestFinished(packed.remove)
  const bin = join(packed.folder, 'node_modules/zapsign-mock/dist/server/bin.js')
  const serveThere = () =>
    spawnSync(process.execPath, [bin, '--port', '0', '--store', 'redis://127.0.0.1:1'], {
      cwd: packed.folder,
      encoding: 'utf8',
    })
  expect(serveThere()).toMatchObject({
    status: 1,
    stderr:
      'zapsign-mock: Cannot use redis://127.0.0.1:1: the package @redis/client is not installed: npm install @redis/client\n',
  })
  packed.link('@redis/client')
  expect(serveThere().stderr).toMatch(/the store cannot be reached \(ECONNREFUSED\)\n$/)
})

describe.skipIf(MISSING)('mocks with a store', () => {
  let redis: Redis & { port: number }
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.kill())

  test('four processes and 64 clients lose nothing and count nothing twice', async () => {
    const args = ['--store-prefix', 'four', '--login-attempts', '20']
    writeFileSync(path('zapsign-mock.config.json'), JSON.stringify({ journalSize: 100 }))
    const mocks = await Promise.all([1, 2, 3, 4].map(() => serve(redis.url, args)))
    const urls: string[] = mocks.map(({ ready }) => ready.url)
    const urlOf = (index: number) => urls[index % 4] as string
    const each = (call: (url: string) => Promise<Response>) =>
      statusesOf(Array.from({ length: 64 }, (_, index) => call(urlOf(index))))
    const controls = await Promise.all(urls.map((url) => connect(url)))
    const [first, second] = controls as [
      (typeof controls)[0] & object,
      (typeof controls)[0] & object,
    ]

    expect(await each((url) => login(url, 'wrong'))).toEqual({ 401: 20, 400: 44 })
    await first.time.advance('61s')
    expect(await each(login)).toEqual({ 200: 64 })
    await second.outcomes.next('serviceUnavailable', { times: 10 })
    expect(await each(login)).toEqual({ 503: 10, 200: 54 })
    expect(await first.outcomes.pending()).toEqual([])

    const lists = await Promise.all(controls.map((control) => control.journal.entries()))
    const ids = lists.map((entries) => entries.map(({ id }) => id))
    const newest = Array.from({ length: 100 }, (_, index) => 93 + index)
    expect(ids).toEqual([newest, newest, newest, newest])
    for (const { child } of mocks) child.kill('SIGTERM')
    expect(await Promise.all(mocks.map(({ ended }) => ended))).toMatchObject(
      mocks.map(() => ({ code: 0, stderr: '' })),
    )
  })

  test('a mock with other options is refused under the same prefix', async () => {
    await serve(redis.url, ['--store-prefix', 'refused'])
    const other = ['--store-prefix', 'refused', '--access-lifetime', '5m', '--port', '0']
    expect(await run(['--store', redis.url, ...other])).toEqual({
      code: 1,
      stdout: '',
      stderr: `zapsign-mock: Cannot use ${redis.url}: a mock with other settings uses the store's prefix refused: give this mock another one\n`,
    })
  })

  test('workers answer on one port; control API, connect() and the event stream work at each', async () => {
    const { ready, child, ended } = await serve(redis.url, [
      ...['--workers', '2', '--store-prefix', 'workers', '--outcome', 'serverError:2'],
      ...['--users', '2'],
    ])
    expect(childrenOf(child)).toHaveLength(2)
    expect(ready).toMatchObject({ pid: child.pid, organization: '11111' })
    expect(ready.users).toHaveLength(2)
    const stream = await fetch(`${ready.url}/__zapsign/events`)
    const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const logins = Array.from({ length: 32 }, () => login(ready.url))
    expect(await statusesOf(logins)).toEqual({ 500: 2, 200: 30 })
    const control = await connect(ready.url)
    expect(await control.journal.count()).toBe(32)
    expect(await control.users.list()).toHaveLength(3)
    let text = ''
    while ((text.match(/^data: /gm) ?? []).length < 32) text += (await events?.read())?.value ?? ''
    await events?.cancel()
    await Promise.all(Array.from({ length: 8 }, () => control.time.advance('1h')))
    const now = Date.parse(Object(await (await fetch(`${ready.url}/__zapsign/time`)).json()).now)
    expect(now).toBeGreaterThan(Date.now() + 8 * 3_600_000 - 60_000)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('a worker that crashes is replaced, until it crashes too often', async () => {
    const { ready, child, ended, said } = await serve(redis.url, [
      ...['--workers', '1', '--store-prefix', 'crash'],
    ])
    for (let crash = 1; crash <= 6; crash += 1) {
      const [pid = 0] = await eventually(() => childrenOf(child).length > 0 && childrenOf(child))
      process.kill(pid, 'SIGKILL')
      if (crash === 6) break
      const line = 'zapsign-mock: Worker 1 ended \\(SIGKILL\\)\\. Starting another one\\.\n'
      await said(new RegExp(`^(${line}){${crash}}`), 'stderr')
      if (crash === 1) await eventually(() => login(ready.url).then(({ status }) => status === 200))
    }
    const { code, stderr } = await ended
    expect([code, stderr.split('\n').at(-2)]).toEqual([
      1,
      'zapsign-mock: Worker 1 ended 6 times within a minute, the last time with SIGKILL',
    ])
  })

  test('run gives its program the address of the workers', async () => {
    const program = `fetch(process.env.ZAPSIGN_CONTROL_URL + '/__zapsign/health').then(async (r) => console.log(await r.text()))`
    const args = [
      'run',
      '--workers',
      '2',
      '--store',
      redis.url,
      '--',
      process.execPath,
      '-e',
      program,
    ]
    expect(await run(args)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^{"status":"ok","version":".*"}\n$/),
      stderr: '',
    })
  })

  test('without its store a mock says so once, answers 503, recovers, and ends in time', async () => {
    const own = await startRedis()
    onTestFinished(() => own.kill())
    const mock = await serve(own.url, ['--workers', '2'])
    expect((await login(mock.ready.url)).status).toBe(200)
    await own.kill()
    await mock.said(/The store cannot be reached \(.*\)\. Requests are answered with 503/, 'stderr')
    expect(await statusesOf([1, 2, 3, 4].map(() => login(mock.ready.url)))).toEqual({ 503: 4 })
    const again = await startRedis(own.port)
    onTestFinished(() => again.kill())
    await mock.said(/The store is back\.\n/, 'stderr')
    await mock.said(/The store came back empty\. .*\n/, 'stderr')
    await eventually(async () => {
      const found = await statusesOf([1, 2, 3, 4].map(() => login(mock.ready.url)))
      return found[200] === 4
    })
    again.hang()
    expect((await login(mock.ready.url)).status).toBe(503)
    // A worker may close the connection before it has read the request.
    const waiting = login(mock.ready.url).catch(() => undefined)
    const started = performance.now()
    mock.child.kill('SIGTERM')
    expect((await mock.ended).code).toBe(0)
    await waiting
    expect(performance.now() - started).toBeLessThan(10_000)
    expect((await mock.ended).stderr.match(/The store is back/g)).toHaveLength(1)
  })
})

/** Asks again until there is an answer. */
async function eventually<T>(ask: () => T | Promise<T>): Promise<Exclude<Awaited<T>, false>> {
  for (;;) {
    const answer = await Promise.resolve(ask()).catch(() => false as const)
    if (answer !== false) return answer as Exclude<Awaited<T>, false>
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
