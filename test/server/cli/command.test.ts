import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { CREDENTIALS, JSON_TYPE, payloadOf } from '../../support.js'
import { usePublishedCommand } from './published-command.js'

const PATH = '/api/v1/auth/token/11111/'
const LOGIN = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(CREDENTIALS) }

const { start, run, path } = usePublishedCommand()

async function serve(args: string[] = [], environment?: Record<string, string>) {
  const command = start(['--port', '0', '--json', ...args], environment)
  const [line] = await command.said(/^.*\n/)
  return { ...command, ready: JSON.parse(line) }
}

test('serve prints a banner with a working curl line and logs requests', async () => {
  const { said } = start(['--port', '0', '--log', 'pretty'])
  const [, url = '', body = ''] = await said(/curl (\S+) .* -d '(.*)'\n/)
  const response = await fetch(url, { ...LOGIN, body })
  expect(response.status).toBe(200)
  await said(
    /POST \/api\/v1\/auth\/token\/11111\/ 200 authenticated \(documented\) dev@example\.com\.br/,
  )
})

test('with --json stdout is one line of JSON, and the log goes to stderr', async () => {
  const { ready, child, said, ended } = await serve()
  expect(ready).toEqual({
    url: `http://127.0.0.1:${ready.port}`,
    port: expect.any(Number),
    organization: '11111',
    username: CREDENTIALS.username,
    pid: child.pid,
  })
  await fetch(ready.url + PATH, LOGIN)
  await said(/"status":200/, 'stderr')
  child.kill('SIGTERM')
  expect((await ended).stdout).toBe(`${JSON.stringify(ready)}\n`)
})

test('where stdout is not a terminal it contains only JSON lines', async () => {
  const { child, said, ended } = start(['--port', '0', '--users', '1'])
  const [, url = ''] = await said(/curl (\S+) /, 'stderr')
  await fetch(url, LOGIN)
  await said(/\n/)
  child.kill('SIGTERM')
  const { stdout } = await ended
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({
      level: 'info',
      method: 'POST',
      status: 200,
      outcome: 'authenticated',
    }),
  ])
})

test('flags, environment and file reach the provider in this order of precedence', async () => {
  writeFileSync(
    path('zapsign-mock.config.yaml'),
    'users:\n  - { username: ana, password: a, id: 7 }\naccessLifetime: 10s\nlanguage: es\nloginLimit: { attempts: 1 }\n',
  )
  const { ready } = await serve(['--access-lifetime', '30s', '--now', '1970-01-01T00:00:00Z'], {
    ZAPSIGN_MOCK_ACCESS_LIFETIME: '20s',
    ZAPSIGN_MOCK_LANGUAGE: 'pt-br',
  })
  const login = (body: object) => fetch(ready.url + PATH, { ...LOGIN, body: JSON.stringify(body) })
  const { access } = await (await login({ username: 'ana', password: 'a' })).json()
  expect(payloadOf(access)).toMatchObject({ exp: 30, user_id: 7 })
  expect(await (await login({ username: 'ana' })).json()).toEqual({
    password: ['Este campo é obrigatório.'],
  })
  const statuses = [
    (await login({ username: 'ana', password: 'x' })).status,
    (await login({ username: 'ana', password: 'a' })).status,
  ]
  expect(statuses).toEqual([401, 400])
})

test('--users generates users and prints them, in JSON without passwords', async () => {
  const { said } = start(['--port', '0', '--users', '2', '--seed', '1'])
  const [, url = '', username, password] = await said(
    /curl (\S+) [\s\S]*\n\n {2}(\S+) +(\S+)\n/,
    'stderr',
  )
  const body = JSON.stringify({ username, password })
  expect((await fetch(url, { ...LOGIN, body })).status).toBe(200)
  const { ready } = await serve(['--users', '2', '--seed', '1'])
  expect(ready.users).toEqual([
    { id: 2, username, active: true, firstName: expect.any(String), lastName: expect.any(String) },
    expect.objectContaining({ id: 3 }),
  ])
  expect(Object.keys(ready.users[1])).not.toContain('password')
  expect((await fetch(ready.url + PATH, LOGIN)).status).toBe(200)
})

test('--users-file writes the generated users to a file that only its owner can read', async () => {
  writeFileSync(path('users.json'), 'what was there', { mode: 0o644 })
  const { ready } = await serve(['--users', '2', '--users-file', 'users.json', '--locale', 'es'])
  const users = JSON.parse(readFileSync(path('users.json'), 'utf8'))
  expect([ready.users, users.length]).toEqual([undefined, 2])
  if (process.platform !== 'win32') expect(statSync(path('users.json')).mode & 0o777).toBe(0o600)
  const [, { id, username, password }] = users
  const body = JSON.stringify({ username, password })
  const { access } = await (await fetch(ready.url + PATH, { ...LOGIN, body })).json()
  expect(payloadOf(access)).toMatchObject({ user_id: id })
})

test('the users file is not written when the mock cannot listen', async () => {
  const port = String(await takenPort())
  const { code } = await run(['--port', port, '--users', '1', '--users-file', 'users.json'])
  expect([code, existsSync(path('users.json'))]).toEqual([1, false])
})

test('a users file that cannot be written gets exit code 2', async () => {
  writeFileSync(path('file'), '')
  const options = ['--users', '1', '--users-file', 'file/users.json']
  const message = /^zapsign-mock: Cannot write file\/users\.json: .*\n$/
  for (const args of [options, ['run', ...options, '--', 'node', '-p', '1']]) {
    expect(await run(['--port', '0', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    })
  }
})

test('a signal right after the first output ends serve with exit code 0', async () => {
  const { child, ended, said } = start(['--port', '0', '--users', '300'])
  await said(/./, 'stderr')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends serve with exit code 0 after requests in flight got their replies',
  async (signal) => {
    const { ready, child, ended, said } = await serve(['--latency', '200ms'])
    const inFlight = fetch(ready.url + PATH, LOGIN)
    await said(/authenticated/, 'stderr')
    child.kill(signal)
    expect((await inFlight).status).toBe(200)
    expect((await ended).code).toBe(0)
  },
)

test('a second signal ends serve at once', async () => {
  const { ready, child, ended, said } = await serve(['--latency', '1h'])
  fetch(ready.url + PATH, LOGIN).catch(() => {})
  await said(/authenticated/, 'stderr')
  child.kill('SIGINT')
  await expect(refusesConnections(ready.url)).resolves.toBe(true)
  child.kill('SIGINT')
  expect((await ended).code).toBe(130)
})

async function refusesConnections(url: string): Promise<boolean> {
  for (;;) {
    const isRefused = await fetch(url, { signal: AbortSignal.timeout(500) }).then(
      () => false,
      (error) => error.cause?.code === 'ECONNREFUSED',
    )
    if (isRefused) return true
  }
}

test('a port in use gets one line and exit code 1', async () => {
  const port = await takenPort()
  expect(await run(['--port', String(port)])).toEqual({
    code: 1,
    stdout: '',
    stderr: `zapsign-mock: Cannot listen on port ${port} of 127.0.0.1: the port is in use; choose another one with --port, or take any free one with --port 0\n`,
  })
})

async function takenPort(): Promise<number> {
  const blocker = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void blocker.close())
  await new Promise((done) => blocker.once('listening', done))
  return (blocker.address() as AddressInfo).port
}

test.each<[string[], string]>([
  [['--port', 'abc'], '--port must be a whole number from 0 to 65535, got "abc"'],
  [['--config', 'absent.yaml'], 'Cannot read absent.yaml: the file does not exist'],
  [['--users', '1', '--locale', 'xx'], '--locale must be one of af_ZA'],
  [['--config', ''], '--config must be the name of a file, got ""'],
  [['nonsense'], 'Unknown command "nonsense": the commands are serve, run, token'],
])('the mistake %j gets one line and exit code 2', async (args, message) => {
  const { code, stdout, stderr } = await run(args)
  expect([code, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
  expect(stderr).toContain(`zapsign-mock: ${message}`)
})

test('a mistake in the default configuration file gets a message that names the file', async () => {
  writeFileSync(path('zapsign-mock.config.json'), '{"users": [{"username": "a", "password": 5}]}')
  expect(await run([])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'zapsign-mock: zapsign-mock.config.json: users[0].password must be a string, got a number\n',
  })
})

test('token prints a token pair', async () => {
  const { code, stdout } = await run([
    'token',
    '--organization',
    '7',
    '--seed',
    '1',
    '--now',
    '1970-01-01',
  ])
  expect(code).toBe(0)
  const { access, refresh, ...others } = JSON.parse(stdout)
  expect(others).toEqual({})
  expect([payloadOf(access), payloadOf(refresh)]).toMatchObject([
    { token_type: 'access', company_id: 7, exp: 3600 },
    { token_type: 'refresh', company_id: 7, exp: 86_400 },
  ])
})

const SCRIPT = `
const { ZAPSIGN_BASE_URL, ZAPSIGN_API_URL, ZAPSIGN_ORGANIZATION_ID: id, ZAPSIGN_USERNAME: username, ZAPSIGN_PASSWORD: password } = process.env
if (ZAPSIGN_API_URL !== ZAPSIGN_BASE_URL + '/api/v1') process.exit(90)
const response = await fetch(ZAPSIGN_API_URL + '/auth/token/' + id + '/', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }),
})
console.log(response.status, process.argv.slice(2).join())
process.exit(7)
`

test('run starts a program with a mock, passes its output through and exits with its code', async () => {
  writeFileSync(path('client.mjs'), SCRIPT)
  expect(await run(['run', '--', 'node', 'client.mjs', '--port', 'x'])).toEqual({
    code: 7,
    stdout: '200 --port,x\n',
    stderr: '',
  })
})

test('run logs requests to stderr with --log', async () => {
  writeFileSync(path('client.mjs'), SCRIPT)
  const { stdout, stderr } = await run(['run', '--log', 'json', '--', 'node', 'client.mjs'])
  expect([stdout, JSON.parse(stderr)]).toEqual([
    '200 \n',
    expect.objectContaining({ outcome: 'authenticated' }),
  ])
})

test('run forwards signals and exits with the program’s code', async () => {
  const script =
    "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)"
  const handled = start(['run', '--', 'node', '-e', script])
  await handled.said(/ready/)
  handled.child.kill('SIGTERM')
  expect((await handled.ended).code).toBe(5)
  const unhandled = start([
    'run',
    '--',
    'node',
    '-e',
    "console.log('ready'); setInterval(() => {}, 1000)",
  ])
  await unhandled.said(/ready/)
  unhandled.child.kill('SIGTERM')
  expect((await unhandled.ended).code).toBe(143)
})

test.skipIf(process.platform === 'win32')(
  'run terminates the processes that a program leaves behind',
  async () => {
    // The output is closed when the last of them has ended, and only then is it over here.
    const forever = `${process.execPath} -e "setInterval(() => {}, 1000)"`
    expect((await run(['run', '--', 'sh', '-c', `${forever} & exit 3`])).code).toBe(3)
    const signalled = start(['run', '--', 'sh', '-c', `${forever} & echo ready; wait`])
    await signalled.said(/ready/)
    signalled.child.kill('SIGTERM')
    expect((await signalled.ended).code).toBe(143)
    const stubborn = `(trap '' TERM; exec ${forever}) & exit 3`
    expect((await run(['run', '--', 'sh', '-c', stubborn])).code).toBe(3)
  },
)

test.each<[Record<string, string>, string[], string]>([
  [{}, [], '127.0.0.1,localhost'],
  [{ NO_PROXY: 'intranet' }, [], 'intranet,127.0.0.1,localhost'],
  [{ no_proxy: 'intranet' }, [], 'intranet,127.0.0.1,localhost'],
  [{ no_proxy: 'x' }, ['--host', '::1'], 'x,127.0.0.1,localhost,[::1],::1'],
  [{ NO_PROXY: '', no_proxy: 'x' }, [], 'x,127.0.0.1,localhost'],
  [{ NO_PROXY: 'a, b', no_proxy: 'b,c' }, [], 'a,b,c,127.0.0.1,localhost'],
  [{ NO_PROXY: '*' }, [], '*'],
  [{ NO_PROXY: 'x', no_proxy: '*' }, [], '*'],
])(
  'run excludes the mock from proxies with the environment %j and the options %j',
  async (environment, options, expected) => {
    const print = 'console.log(process.env.NO_PROXY, process.env.no_proxy)'
    const { stdout } = await run(['run', ...options, '--', 'node', '-e', print], environment)
    expect(stdout).toBe(`${expected} ${expected}\n`)
  },
)

test('run takes a free port unless a flag names one; file and environment do not count', async () => {
  const port = await takenPort()
  writeFileSync(path('zapsign-mock.config.json'), JSON.stringify({ port }))
  const environment = { ZAPSIGN_MOCK_PORT: String(port) }
  const print = ['--', 'node', '-p', 'new URL(process.env.ZAPSIGN_BASE_URL).port']
  const { code, stdout } = await run(['run', ...print], environment)
  expect([code, Number(stdout) > 0, Number(stdout) === port]).toEqual([0, true, false])
  expect((await run(['run', '--port', String(port), ...print])).stderr).toContain(
    `Cannot listen on port ${port} `,
  )
})

test('run exits with 127 for a program that does not exist and with 126 for one that cannot be run', async () => {
  expect(await run(['run', '--', 'no-such-program'])).toEqual({
    code: 127,
    stdout: '',
    stderr: 'zapsign-mock: Cannot run no-such-program: command not found\n',
  })
  writeFileSync(path('plain.txt'), 'x', { mode: 0o644 })
  expect((await run(['run', '--', './plain.txt'])).code).toBe(126)
  expect(await run(['run', '--', './plain.txt/x'])).toEqual({
    code: 126,
    stdout: '',
    stderr: expect.stringMatching(/^zapsign-mock: Cannot run \.\/plain\.txt\/x: .*\n$/),
  })
})

test('serve keeps running when the reader of its output has ended', async () => {
  const { ready, child } = await serve()
  child.stdout?.destroy()
  for (let index = 0; index < 3; index += 1) {
    expect((await fetch(ready.url + PATH, LOGIN)).status).toBe(200)
  }
})

test.each(['--help', '--version'])('%s exits with 0 when nobody reads its output', async (flag) => {
  const { child, ended } = start([flag])
  child.stdout?.destroy()
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('--help follows the locale', async () => {
  const { stdout } = await run(['--help'], { LANG: 'pt_BR.UTF-8' })
  expect(stdout).toMatch(/^Uso: zapsign-mock \[comando\] \[opções\]/)
})

test('token writes no file', async () => {
  await run(['token'])
  expect(existsSync(path('users.json'))).toBe(false)
})
