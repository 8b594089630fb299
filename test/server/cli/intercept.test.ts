import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createCertificates } from '../../../server/intercept/certificates.js'
import { CREDENTIALS } from '../../support.js'
import { usePublishedCommand } from './published-command.js'

const { start, run, path } = usePublishedCommand()

const HOST = 'https://api.zapsign.com.br'

/** A program that signs in at the real host and prints the status. */
const CLIENT = `
  const body = ${JSON.stringify(JSON.stringify(CREDENTIALS))}
  const headers = { 'content-type': 'application/json' }
  fetch('${HOST}/api/v1/auth/token/11111/', { method: 'POST', headers, body })
    .then(({ status }) => console.log(status), ({ cause }) => console.log(cause?.code ?? cause))`

/** Runs a program in Node under --intercept, with temporary files in a folder of the test. */
function intercept(code: string, environment: Record<string, string> = {}, flags: string[] = []) {
  mkdirSync(path('tmp'), { recursive: true })
  return run(['run', '--intercept', ...flags, '--', process.execPath, '-e', code], {
    TMPDIR: path('tmp'),
    ...environment,
  })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const print = (expression: string) => `console.log(JSON.stringify(${expression}))`

test('a program with a hard-coded host signs in at the mock', async () => {
  expect(await intercept(CLIENT)).toEqual({ code: 0, stdout: '200\n', stderr: '' })
})

test('its calls are logged, and its exit code is the command’s', async () => {
  const code = `${CLIENT}.finally(() => { process.exitCode = 3 })`
  const { code: exitCode, stderr } = await intercept(code, {}, ['--log', 'pretty'])
  expect(exitCode).toBe(3)
  expect(stderr).toMatch(/^\S+ POST \/api\/v1\/auth\/token\/11111\/ 200 authenticated .*\n$/)
})

test('the base URL in the environment is that of production', async () => {
  const { stdout } = await intercept(
    print('[process.env.ZAPSIGN_BASE_URL, process.env.ZAPSIGN_API_URL]'),
  )
  expect(JSON.parse(stdout)).toEqual([HOST, `${HOST}/api/v1`])
})

test('the temporary files are private, without a key, and gone afterwards', async () => {
  mkdirSync(path('tmp'))
  const { child, said, ended } = start(
    [
      'run',
      '--intercept',
      '--',
      process.execPath,
      '-e',
      `console.log('ready'); setInterval(() => {}, 1000)`,
    ],
    { TMPDIR: path('tmp') },
  )
  await said(/ready/)
  const [name = ''] = readdirSync(path('tmp'))
  const folder = path(`tmp/${name}`)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const file of readdirSync(folder)) {
    expect(statSync(`${folder}/${file}`).mode & 0o777).toBe(0o600)
    expect(readFileSync(`${folder}/${file}`, 'latin1')).not.toContain('PRIVATE KEY')
  }
  child.kill('SIGTERM')
  expect((await ended).code).toBe(143)
  expect(readdirSync(path('tmp'))).toEqual([])
})

test.each([
  ['crashes', 'process.abort()'],
  ['is killed', `process.kill(process.pid, 'SIGKILL')`],
  ['does not exist', undefined],
])('when the program %s, the temporary files are gone too', async (_, code) => {
  if (code) await intercept(code)
  else await run(['run', '--intercept', '--', './no-such-program'], { TMPDIR: path('.') })
  const left = readdirSync(path(code ? 'tmp' : '.')).filter((name) =>
    name.startsWith('zapsign-mock'),
  )
  expect(left).toEqual([])
})

test('another https host is reached directly, with its own certificate', async () => {
  const { ca, addresses } = await createCertificates()
  writeFileSync(path('other-ca.pem'), ca)
  const port = await listen(
    createHttpsServer(addresses, (_, response) => response.end('the other host')),
  )
  const code = `fetch('https://localhost:${port}/').then((r) => r.text()).then(console.log, (e) => console.log(e.cause.code))`
  const trusting = await intercept(`${code}.then(() => { ${CLIENT} })`, {
    NODE_EXTRA_CA_CERTS: path('other-ca.pem'),
  })
  expect(trusting).toEqual({ code: 0, stdout: 'the other host\n200\n', stderr: '' })
  const { stdout } = await intercept(code)
  expect(stdout).toBe('UNABLE_TO_GET_ISSUER_CERT_LOCALLY\n')
})

test('a program that sends nothing to ZapSign is worth a warning', async () => {
  const { code, stderr } = await intercept('process.exitCode = 5')
  expect(code).toBe(5)
  expect(stderr).toMatch(/^zapsign-mock: No request to a host of ZapSign was intercepted\. .*\n$/)
})

test('entries of NO_PROXY that cover ZapSign are removed, and one line says so', async () => {
  const { stdout, stderr } = await intercept(
    print('[process.env.NO_PROXY, process.env.no_proxy]'),
    { NO_PROXY: 'a.example,.com.br', no_proxy: '*' },
  )
  const left = 'a.example,127.0.0.1,localhost,::1'
  expect(JSON.parse(stdout)).toEqual([left, left])
  expect(stderr.split('\n')[0]).toBe(
    'zapsign-mock: NO_PROXY covers hosts of ZapSign: the program runs without .com.br, *',
  )
})

test('Node programs see no proxy that the user did not set; their children do', async () => {
  const see = 'process.env.HTTPS_PROXY?.startsWith("http://zapsign-mock:") ?? false'
  const child = `require('node:child_process').execFileSync(process.env.SHELL_FOR_TEST, ['-c', 'echo $https_proxy']).toString().startsWith('http://zapsign-mock:')`
  const environment = { SHELL_FOR_TEST: '/bin/sh' }
  const { stdout } = await intercept(print(`[${see}, ${child}]`), environment)
  expect(JSON.parse(stdout)).toEqual([false, true])
})

test('earlier values of the variables remain in force', async () => {
  writeFileSync(path('first.cjs'), `console.log('first')`)
  const names = ['RUBYOPT', 'PYTHONPATH', 'PHP_INI_SCAN_DIR', 'JAVA_TOOL_OPTIONS']
  const { stdout } = await intercept(print(`${JSON.stringify(names)}.map((n) => process.env[n])`), {
    NODE_OPTIONS: `--require=${path('first.cjs')}`,
    RUBYOPT: '-W0',
    PYTHONPATH: '/mine',
    PHP_INI_SCAN_DIR: '/ini',
    JAVA_TOOL_OPTIONS: '-Xmx64m',
  })
  const [values = '', ...others] = stdout.trimEnd().split('\n').reverse()
  // Once in the mock itself, which is a Node program too.
  expect(others).toEqual(['first', 'first'])
  expect(JSON.parse(values)).toEqual([
    '-W0 -rzapsign_mock_intercept',
    expect.stringMatching(/^\/.*zapsign-mock-intercept-[\w-]+:\/mine$/),
    expect.stringMatching(/^\/ini:\/.*zapsign-mock-intercept-[\w-]+$/),
    expect.stringMatching(/^-Xmx64m -Dhttps\.proxyHost=127\.0\.0\.1 -Dhttps\.proxyPort=\d+ /),
  ])
})

test('the user’s own proxy is used for other hosts only, and its password is in no output', async () => {
  const asked: string[] = []
  const upstream = createServer()
  upstream.on('connect', ({ url = '', headers }: IncomingMessage, socket) => {
    asked.push(`${url} ${headers['proxy-authorization']}`)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  const port = await listen(upstream)
  const tunnel = `
    const { hostname, port, username, password } = new URL(process.env.HTTPS_PROXY)
    const authorization = 'Basic ' + Buffer.from(username + ':' + password).toString('base64')
    const ask = (path, next) => require('node:http').request({ hostname, port, path, method: 'CONNECT',
      headers: { 'proxy-authorization': authorization } }).on('connect', (r, socket) => {
        console.log(path, r.statusCode); socket.destroy(); next?.() }).end()
    ask('other.example:443', () => ask('api.zapsign.com.br:443'))`
  const { stdout, stderr } = await intercept(
    tunnel,
    { HTTPS_PROXY: `http://me:hidden@127.0.0.1:${port}` },
    ['--log', 'pretty'],
  )
  expect(stdout).toBe('other.example:443 590\napi.zapsign.com.br:443 200\n')
  expect(asked).toEqual([`other.example:443 Basic ${Buffer.from('me:hidden').toString('base64')}`])
  expect(stdout + stderr).not.toContain('hidden')
})

test('a proxy of an unknown kind is a mistake that names the variable, not its password', async () => {
  const { code, stderr } = await intercept('', { HTTPS_PROXY: 'ftp://me:hidden@proxy.example' })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'zapsign-mock: HTTPS_PROXY must be the URL of an HTTP, HTTPS or SOCKS proxy\n',
  })
})

test('another process cannot use the proxy without the credentials', async () => {
  mkdirSync(path('tmp'))
  const { child, said, ended } = start(
    ['run', '--intercept', '--', '/bin/sh', '-c', 'echo "proxy $https_proxy"; read line'],
    { TMPDIR: path('tmp') },
  )
  const [, port] = await said(/proxy http:.*:(\d+)\n/)
  const socket = connect({ port: Number(port), host: '127.0.0.1' })
  socket.write('CONNECT api.zapsign.com.br:443 HTTP/1.1\r\nhost: api.zapsign.com.br:443\r\n\r\n')
  const reply = await new Promise((resolve) => socket.once('data', (data) => resolve(String(data))))
  expect(reply).toMatch(/^HTTP\/1\.1 407 /)
  child.stdin.end('\n')
  await ended
})

test('when the mock has gone, calls fail instead of reaching the real host', async () => {
  // A process in a session of its own outlives the command.
  writeFileSync(path('late.cjs'), LATE(path('late.txt')))
  await intercept(
    `const { spawn } = require('node:child_process')
     spawn(process.execPath, [${JSON.stringify(path('late.cjs'))}, String(process.ppid)], { detached: true, stdio: 'ignore' }).unref()`,
  )
  await expect.poll(() => existsSync(path('late.txt')), { timeout: 20_000 }).toBe(true)
  expect(readFileSync(path('late.txt'), 'utf8')).toBe('ECONNREFUSED')
})

test('contract --intercept checks a client with a hard-coded host, and writes its pact', async () => {
  const client = `
    const env = process.env
    const obtain = (username, password) => fetch('${HOST}/api/v1/auth/token/' + env.ZAPSIGN_ORGANIZATION_ID + '/', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }) })
    const log = ({ status }) => console.log(status)
    obtain(env.ZAPSIGN_USERNAME, env.ZAPSIGN_PASSWORD).then(log)
      .then(() => obtain(env.ZAPSIGN_USERNAME, env.ZAPSIGN_WRONG_PASSWORD)).then(log)
      .then(() => obtain(env.ZAPSIGN_BLOCKED_USERNAME, env.ZAPSIGN_PASSWORD)).then(log)
      .then(() => console.log(env.ZAPSIGN_BASE_URL))`
  const { code, stdout, stderr } = await run([
    ...['contract', '--intercept', '--consumer', 'billing'],
    ...['--', process.execPath, '-e', client],
  ])
  expect(stdout).toBe(`200\n401\n400\n${HOST}\n`)
  expect(stderr).toContain('The pact: pacts/billing-ZapSign.json')
  expect(code).toBe(0)
  expect(existsSync(path('pacts/billing-ZapSign.json'))).toBe(true)
})

test('contract --intercept fails a client that never calls, and warns about it', async () => {
  const { code, stderr } = await run([
    ...['contract', '--intercept', '--consumer', 'billing'],
    ...['--', process.execPath, '-e', ''],
  ])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^zapsign-mock: No request to a host of ZapSign was intercepted\. /)
})

test('serve has no --intercept: there is no program to run', async () => {
  expect(await run(['--intercept'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "zapsign-mock: Unknown option '--intercept'\n",
  })
})

/** Waits until a process has ended, then signs in, and writes what came of it. */
const LATE = (file: string) => `
  const { writeFileSync, renameSync } = require('node:fs')
  const note = (text) => { writeFileSync('${file}.part', String(text)); renameSync('${file}.part', '${file}'); process.exit() }
  const timer = setInterval(() => {
    try { process.kill(Number(process.argv[2]), 0); return } catch {}
    clearInterval(timer)
    fetch('${HOST}/').then(({ status }) => note(status), ({ cause }) => note(cause.code))
  }, 20)`
