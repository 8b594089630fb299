import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { StartServerOptions } from '../../../../server/index.js'
import { startServer } from '../../../../server/index.js'
import { CREDENTIALS, JSON_TYPE, payloadOf } from '../../../support.js'
import { usePublishedCommand } from '../published-command.js'

const { start, run } = usePublishedCommand()

async function startMock(options?: StartServerOptions) {
  const server = await startServer(options)
  onTestFinished(server.close)
  const signIn = async () => {
    const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }
    return (await fetch(`${server.url}/api/v1/auth/token/11111/`, init)).status
  }
  const control = (...args: string[]) =>
    run(['control', ...args], { ZAPSIGN_CONTROL_URL: server.url })
  return { ...server, signIn, control }
}

test('control advance and control set-time move the clock and print it', async () => {
  const { control, zapsign } = await startMock({ now: '2030-01-01T00:00:00Z' })
  expect(await control('advance', '61m')).toEqual({
    code: 0,
    stdout: '2030-01-01T01:01:00.000Z\n',
    stderr: '',
  })
  expect((await control('set-time', '2031-02-03T04:05:06Z')).stdout).toBe(
    '2031-02-03T04:05:06.000Z\n',
  )
  expect((await control('set-time', '1900000000000')).stdout).toBe('2030-03-17T17:46:40.000Z\n')
  expect(zapsign.time.now().getTime()).toBe(1_900_000_000_000)
})

test('control outcome forces an outcome, and control reset clears it', async () => {
  const { control, signIn, zapsign } = await startMock()
  const options = ['--times', '2', '--endpoint', 'obtain', '--retry-after', '5s']
  const { stdout, code } = await control('outcome', 'rateLimited', ...options)
  const pending = { id: 1, outcome: 'rateLimited', times: 2, endpoint: 'obtain', retryAfter: '5s' }
  expect([code, JSON.parse(stdout)]).toEqual([0, pending])
  expect([await signIn(), await signIn(), await signIn()]).toEqual([400, 400, 200])
  await control('outcome', 'serverError', '--times', 'unlimited')
  expect(await control('reset')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect([zapsign.outcomes.pending, zapsign.journal.entries]).toEqual([[], []])
})

test('control requests prints those that match, for people and as JSON', async () => {
  const { control, signIn, url, zapsign } = await startMock()
  await signIn()
  await fetch(`${url}/api/v1/docs/`)
  const people = await control('requests')
  expect(people.stdout.split('\n')).toEqual([
    expect.stringMatching(/POST \/api\/v1\/auth\/token\/11111\/ 200 authenticated/),
    expect.stringMatching(/GET \/api\/v1\/docs\/ 403 notAuthenticated/),
    '',
  ])
  const { stdout } = await control('requests', '--json', '--status', '403')
  expect(JSON.parse(stdout)).toEqual(zapsign.journal.find({ status: 403 })[0])
  expect((await control('requests', '--limit', '0')).stdout).toBe('')
})

test('control requests --follow prints requests as they come, until the mock stops', async () => {
  const { signIn, url, close } = await startMock()
  await signIn()
  const follow = ['control', 'requests', '--follow', '--json', '--status', '200', '--url', url]
  const { said, ended } = start(follow)
  await said(/"id":1,/)
  await fetch(`${url}/api/v1/docs/`)
  await signIn()
  await said(/"id":3,/)
  await close()
  const { code, stdout, stderr } = await ended
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id)
  expect([code, ids, stderr]).toEqual([0, [1, 3], ''])
})

test('control requests --follow ends when nobody reads its output any more', async () => {
  const { signIn, url } = await startMock()
  await signIn()
  const { child, said, ended } = start(['control', 'requests', '--follow', '--url', url])
  await said(/authenticated/)
  child.stdout?.destroy()
  await signIn()
  expect((await ended).code).toBe(0)
})

test('control token prints a pair, and control users the users', async () => {
  const { control, zapsign } = await startMock()
  zapsign.users.add({ username: 'ana', password: 'abc', active: false, organizations: ['7'] })
  const { stdout } = await control('token', 'ana', '--access-lifetime', '-1s')
  const { access } = JSON.parse(stdout)
  expect(payloadOf(access)).toMatchObject({ user_id: 2, company_id: 7 })
  expect(Number(payloadOf(access)['exp'])).toBeLessThanOrEqual(Date.now() / 1000)
  expect((await control('users')).stdout).toBe('1 dev@example.com.br active\n2 ana inactive 7\n')
  const lines = (await control('users', '--json')).stdout.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { id: 1, username: CREDENTIALS.username, active: true },
    { id: 2, username: 'ana', active: false, organizations: ['7'] },
  ])
})

test.each<[string[], string]>([
  [
    ['advance', 'soon'],
    'The duration must be a duration with a unit, such as "1h", "90s" or "250ms", got "soon"',
  ],
  [['advance'], "Missing required argument 'duration'"],
  [
    ['set-time', '2030-13-01'],
    'The date must be an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds, got "2030-13-01"',
  ],
  [
    ['outcome', 'timeout', '--times', '0'],
    '--times must be a whole number from 1 upwards, or "unlimited", got 0',
  ],
  [
    ['outcome', 'timeout', '--retry-after', '1s'],
    'RetryAfter applies only to rateLimited, tooManyRequests, serviceUnavailable; the outcome is timeout',
  ],
  [['requests', '--status', 'abc'], '--status must be a number, got "abc"'],
  [['requests', '--follow', '--limit', '5'], 'Cannot combine --follow with --limit'],
  [['token', 'nobody'], 'There is no user "nobody". Users: dev@example.com.br'],
  [
    ['reset', '--url', 'foo'],
    '--url must be the base URL of a mock, such as http://127.0.0.1:9277, got "foo"',
  ],
  [
    ['rest'],
    'Unknown verb "rest": the verbs are reset, advance, set-time, outcome, requests, token, users',
  ],
  [[], 'Name a verb: the verbs are reset, advance, set-time, outcome, requests, token, users'],
])('control %j is refused', async (args, message) => {
  const { control } = await startMock()
  expect(await control(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `zapsign-mock: ${message}\n`,
  })
})

test('control says when nothing answers, and when something else does', async () => {
  const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  expect((await run(['control', 'users', '--url', url])).stderr).toBe(
    `zapsign-mock: ${url}/__zapsign/ answers a text that is not JSON: it is not a zapsign-mock, or its control API is off\n`,
  )
  await new Promise((resolve) => other.close(resolve))
  expect(await run(['control', 'reset', '--url', url])).toEqual({
    code: 1,
    stdout: '',
    stderr: `zapsign-mock: Cannot reach ${url}/__zapsign/: the connection was refused (ECONNREFUSED)\n`,
  })
})

test('control sends the control token of the flag or of the environment', async () => {
  const { url } = await startMock({ control: { token: 'abc' } })
  const advance = ['control', 'advance', '1s', '--url', url]
  expect((await run(advance)).stderr).toBe(
    'zapsign-mock: The mock needs its control token: --control-token or ZAPSIGN_CONTROL_TOKEN\n',
  )
  expect((await run([...advance, '--control-token', 'wrong'])).stderr).toBe(
    'zapsign-mock: The control token is wrong\n',
  )
  expect((await run(advance, { ZAPSIGN_CONTROL_TOKEN: 'abc' })).code).toBe(0)
  expect((await run([...advance, '--control-token', 'abc'])).code).toBe(0)
})

test('run sets ZAPSIGN_CONTROL_URL, and the token, for its command', async () => {
  const print = 'console.log(process.env.ZAPSIGN_CONTROL_URL, process.env.ZAPSIGN_CONTROL_TOKEN)'
  const child = ['--', process.execPath, '-e', print]
  expect((await run(['run', ...child])).stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+ undefined\n$/)
  const withToken = await run(['run', '--control-token', 'abc', ...child])
  expect(withToken.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+ abc\n$/)
  const elsewhere = { ZAPSIGN_CONTROL_URL: 'http://127.0.0.1:1' }
  expect((await run(['run', '--no-control', ...child], elsewhere)).stdout).toBe(' undefined\n')
})

test('a program under run controls its mock', async () => {
  const script = `${process.execPath} "$BIN" control advance 1h && ${process.execPath} "$BIN" control users`
  const { BIN } = await import('../published-command.js')
  const { code, stdout } = await run(['run', '--', 'sh', '-c', script], { BIN })
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Z\n1 dev@example\.com\.br active\n$/)])
})
