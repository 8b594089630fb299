import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { writePact } from '../../../../contracts/pact/write-pact.js'
import { LITERALS, OBTAIN_PROMISES, PROMISE_NAMES } from '../../../../contracts/promises.js'
import { freePort } from '../../../free-port.js'
import { usePublishedCommand } from '../published-command.js'

const { start, run, path } = usePublishedCommand()

/** The functions of a correct client, in JavaScript. Each test adds a script that calls them. */
const CLIENT = `
const env = process.env
const post = (path, body, change = {}) => fetch(env.ZAPSIGN_BASE_URL + path, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), redirect: 'manual', ...change,
})
const OBTAIN = '/api/v1/auth/token/' + env.ZAPSIGN_ORGANIZATION_ID + '/'
const REFRESH = '/api/v1/auth/token-refresh/'
const right = { username: env.ZAPSIGN_USERNAME, password: env.ZAPSIGN_PASSWORD }
const wrong = { ...right, password: env.ZAPSIGN_WRONG_PASSWORD }
const blocked = { ...right, username: env.ZAPSIGN_BLOCKED_USERNAME }
const page = (token, scheme = 'Bearer ') => fetch(env.ZAPSIGN_API_URL + '/docs/?page=1', { headers: { authorization: scheme + token } })
const login = () => post(OBTAIN, right)
const fail = () => post(OBTAIN, wrong)
const block = () => post(OBTAIN, blocked)
const obtain = async () => [await login(), await fail(), await block()]
const all = async () => [...await obtain(),
  await post(REFRESH, { refresh: env.ZAPSIGN_REFRESH_TOKEN }), await post(REFRESH, { refresh: env.ZAPSIGN_EXPIRED_REFRESH_TOKEN }),
  await page(env.ZAPSIGN_ACCESS_TOKEN), await page(env.ZAPSIGN_EXPIRED_ACCESS_TOKEN)]
`

/** Arguments of `contract` that run the client with a script. */
function client(script: string): string[] {
  writeFileSync(path('client.mjs'), `${CLIENT}${script}`)
  return ['--', 'node', 'client.mjs']
}

const contract = (script: string, ...options: string[]) =>
  run([
    'contract',
    '--consumer',
    'billing',
    '--report',
    'out/report.json',
    ...options,
    ...client(script),
  ])

const report = () => JSON.parse(readFileSync(path('out/report.json'), 'utf8'))

const keptOnce = (name: string) => ({ name, result: 'kept', requests: 1 })

beforeEach(() => {
  writeFileSync(path('package.json'), '{"type": "module"}')
})

test('a client that keeps the promises gets a pact, and its output is unchanged', async () => {
  const { code, stdout, stderr } = await contract(
    "console.log((await obtain()).map(({ status }) => status).join()); process.stdout.write('no newline at the end')",
  )
  expect([code, stdout]).toEqual([0, '200,401,400\nno newline at the end'])
  expect(stderr).toBe(
    '✓ authenticated (1 request)\n✓ invalidCredentials (1 request)\n✓ rateLimited (1 request)\nThe pact: pacts/billing-ZapSign.json\n',
  )
  expect(report()).toEqual({
    consumer: 'billing',
    kept: true,
    exitCode: 0,
    promises: OBTAIN_PROMISES.map(keptOnce),
    unexpected: [],
    other: [],
    pactFile: 'pacts/billing-ZapSign.json',
  })
  expect(readFileSync(path('pacts/billing-ZapSign.json'), 'utf8')).toBe(
    writePact('billing', OBTAIN_PROMISES),
  )
})

test('nothing that Pact prints reaches the output, however odd a request is', async () => {
  const { code, stdout } = await contract(
    `await obtain()
    for (const type of ['multipart/form-data', ';;;', 'application/json; charset=nope', 'application/xml', 'text/\\u00e9'])
      await post(OBTAIN, right, { headers: { 'content-type': type }, body: '<a><b>' })`,
  )
  expect([code, stdout]).toEqual([1, ''])
})

test('a client whose headers are not ASCII is right', async () => {
  const { code, stderr } = await contract(
    `const change = { headers: { 'content-type': 'application/json', 'user-agent': 'Integra\\u00e7\\u00e3o' } }
    for (const who of [right, wrong, blocked]) await post(OBTAIN, who, change)`,
  )
  expect([code, report().kept], stderr).toEqual([0, true])
})

test('every promise that was exercised and kept is in the pact, also one that was not asked for', async () => {
  const { code } = await contract('await all()', '--pact-dir', 'elsewhere')
  expect([code, report().promises]).toEqual([0, PROMISE_NAMES.map(keptOnce)])
  expect(readFileSync(path('elsewhere/billing-ZapSign.json'), 'utf8')).toBe(
    writePact('billing', PROMISE_NAMES),
  )
})

/** A token with a signature of 43 characters, as HS256 makes it. */
const FRESH = /^[\w-]+\.[\w-]+\.[\w-]{43}$/

test('the environment has everything that tells the promises apart', async () => {
  const { stdout } = await contract(
    "console.log(JSON.stringify(Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('ZAPSIGN_')))))",
  )
  const { ZAPSIGN_BASE_URL: url, ...rest } = JSON.parse(stdout)
  expect(rest).toEqual({
    ZAPSIGN_API_URL: `${url}/api/v1`,
    ZAPSIGN_ORGANIZATION_ID: LITERALS.organizationId,
    ZAPSIGN_USERNAME: LITERALS.username,
    ZAPSIGN_PASSWORD: LITERALS.password,
    ZAPSIGN_WRONG_PASSWORD: LITERALS.wrongPassword,
    ZAPSIGN_BLOCKED_USERNAME: LITERALS.blockedUsername,
    ZAPSIGN_REFRESH_TOKEN: expect.stringMatching(FRESH),
    ZAPSIGN_EXPIRED_REFRESH_TOKEN: expect.stringMatching(FRESH),
    ZAPSIGN_ACCESS_TOKEN: expect.stringMatching(FRESH),
    ZAPSIGN_EXPIRED_ACCESS_TOKEN: expect.stringMatching(FRESH),
  })
})

/** Flaws of a client that is asked for all promises, each with the promise that it breaks and the message. */
const FLAWS: [flaw: string, script: string, promise: string, nearMiss: string | RegExp][] = [
  [
    'no final slash',
    'await post(OBTAIN.slice(0, -1), right)',
    'authenticated',
    'The path lacks the final slash.',
  ],
  [
    'an empty organization',
    "await post('/api/v1/auth/token//', right)",
    'authenticated',
    'The organization id is empty.',
  ],
  [
    'another path',
    "await post('/auth/login', right)",
    'authenticated',
    `The path is not the specified /api/v1/auth/token/11111/.`,
  ],
  [
    'PUT',
    "await post(OBTAIN, right, { method: 'PUT' })",
    'authenticated',
    'PUT was sent, expected POST.',
  ],
  [
    'GET',
    "await fetch(env.ZAPSIGN_BASE_URL + OBTAIN + '?' + new URLSearchParams(right))",
    'authenticated',
    /^GET was sent, expected POST\./,
  ],
  [
    'a form',
    'await post(OBTAIN, 0, { headers: {}, body: new URLSearchParams(right) })',
    'authenticated',
    'The body was sent as a form, expected JSON.',
  ],
  [
    'a multipart form',
    "const form = new FormData(); form.set('username', right.username); form.set('password', right.password); await post(OBTAIN, 0, { headers: {}, body: form })",
    'authenticated',
    'The body was sent as a form, expected JSON.',
  ],
  [
    'text',
    "await post(OBTAIN, right, { headers: { 'content-type': 'text/plain' } })",
    'authenticated',
    'The body was sent as text/plain, expected JSON.',
  ],
  [
    'another field',
    'await post(OBTAIN, { user: right.username, password: right.password })',
    'authenticated',
    '`user` instead of `username`.',
  ],
  [
    'a field too few',
    'await post(OBTAIN, { username: right.username })',
    'authenticated',
    'The body lacks `password`.',
  ],
  [
    'a wrapper',
    'await post(OBTAIN, { user: right })',
    'authenticated',
    'The fields are wrapped in `user`.',
  ],
  [
    'the organization in the body',
    "await post(OBTAIN, { ...right, organization_id: '11111' })",
    'authenticated',
    '`organization_id` was sent in the body: it belongs in the path.',
  ],
  [
    'swapped',
    'await post(OBTAIN, { username: right.password, password: right.username })',
    'authenticated',
    'The user name and the password are swapped.',
  ],
  [
    'credentials of its own',
    "await post(OBTAIN, { username: 'me', password: 'hidden-value' })",
    'authenticated',
    '`username` is not the value that was given. `password` is not the value that was given.',
  ],
  [
    'a 401 retried in a loop',
    'for (let i = 0; i < 5; i += 1) await fail()',
    'invalidCredentials',
    'Do not retry a refused request with the same credentials or token.',
  ],
  [
    'a 400 retried at once',
    'while ((await block()).status === 400 && (env.count = Number(env.count ?? 0) + 1) < 5);',
    'rateLimited',
    'Do not retry a refused request with the same credentials or token.',
  ],
  [
    'a refresh with the access token',
    'await post(REFRESH, { refresh: env.ZAPSIGN_ACCESS_TOKEN })',
    'refreshed',
    'The access token was sent where the refresh token belongs.',
  ],
  [
    'another field for the refresh token',
    'await post(REFRESH, { refresh_token: env.ZAPSIGN_REFRESH_TOKEN })',
    'refreshed',
    '`refresh_token` instead of `refresh`.',
  ],
  [
    'a refresh without a slash',
    'await post(REFRESH.slice(0, -1), { refresh: env.ZAPSIGN_EXPIRED_REFRESH_TOKEN })',
    'refreshRefused',
    'The path lacks the final slash.',
  ],
  [
    'no Bearer',
    "await page(env.ZAPSIGN_ACCESS_TOKEN, '')",
    'authorized',
    'The token was sent without `Bearer` before it.',
  ],
  [
    'another scheme',
    "await page(env.ZAPSIGN_EXPIRED_ACCESS_TOKEN, 'Token ')",
    'expired',
    'The scheme is `Token`, expected `Bearer`.',
  ],
  [
    'the refresh token on a page',
    'await page(env.ZAPSIGN_REFRESH_TOKEN)',
    'authorized',
    'The refresh token was sent where the access token belongs.',
  ],
  [
    'no token on a page',
    "await fetch(env.ZAPSIGN_API_URL + '/docs/?page=1')",
    'authorized',
    'No Authorization header was sent.',
  ],
]

test.each(FLAWS)(
  'a client with this flaw breaks a promise: %s',
  async (_, script, promise, nearMiss) => {
    const { code, stdout, stderr } = await contract(`await all();${script}`, '--promises', 'all')
    expect([code, stdout]).toEqual([1, ''])
    const { kept, promises, unexpected } = report()
    expect([kept, unexpected]).toEqual([false, []])
    const others = PROMISE_NAMES.filter((name) => name !== promise)
    expect(promises.filter(({ name }: { name: string }) => name !== promise)).toEqual(
      others.map(keptOnce),
    )
    expect(promises.find(({ name }: { name: string }) => name === promise)).toEqual({
      name: promise,
      result: 'broken',
      requests: expect.any(Number),
      mismatch: expect.any(String),
      nearMiss: typeof nearMiss === 'string' ? nearMiss : expect.stringMatching(nearMiss),
    })
    expect(stderr).toContain(`✗ ${promise} (`)
    expect(existsSync(path('pacts'))).toBe(false)
    for (const text of [stderr, JSON.stringify(report())]) {
      expect(text).not.toMatch(/StrongPassword123|WrongPassword123|hidden-value|eyJ/)
    }
  },
)

test('a promise that was asked for and never exercised fails the run, and the output says what to send', async () => {
  const { code, stderr } = await contract('await login()', '--promises', 'authenticated,expired')
  expect(code).toBe(1)
  expect(stderr).toBe(
    '✓ authenticated (1 request)\n✗ expired: never exercised\n    No matching or similar request was received.\n    The client must call /api/v1/docs/ with the token in ZAPSIGN_EXPIRED_ACCESS_TOKEN.\n',
  )
  expect(report().promises).toEqual([
    keptOnce('authenticated'),
    { name: 'expired', result: 'neverExercised', requests: 0 },
  ])
  expect(existsSync(path('pacts'))).toBe(false)
})

test('a program that sends nothing fails the run, though it ends with 0', async () => {
  expect((await contract('')).code).toBe(1)
  expect(report().promises.map(({ result }: { result: string }) => result)).toEqual([
    'neverExercised',
    'neverExercised',
    'neverExercised',
  ])
})

const DOCUMENTS = `
const bearer = { authorization: 'Bearer ' + (await (await login()).json()).access }
const json = { ...bearer, 'content-type': 'application/json' }
const signers = [{ email: right.username }]
const create = await fetch(env.ZAPSIGN_API_URL + '/docs/', { method: 'POST', headers: json, body: JSON.stringify({ name: 'x', signers }) })
console.log(create.status, create.headers.get('x-zapsign-mock'), (await create.json()).detail)
await fetch(env.ZAPSIGN_API_URL + '/docs/00000000-0000-4000-8000-000000000000/', { headers: bearer })
await fetch(env.ZAPSIGN_API_URL + '/docs/?page=2', { headers: bearer })
await fetch(env.ZAPSIGN_API_URL + '/users/?email=' + right.username, { headers: bearer })
`

const DOCUMENT_REQUESTS = [
  { method: 'POST', path: '/api/v1/docs/', status: 501 },
  { method: 'GET', path: '/api/v1/docs/00000000-0000-4000-8000-000000000000/', status: 501 },
  { method: 'GET', path: '/api/v1/docs/', status: 501 },
  { method: 'GET', path: '/api/v1/users/', status: 501 },
]

test('a client that also works with documents is right; these requests are listed', async () => {
  const { code, stdout, stderr } = await contract(`await fail(); await block();${DOCUMENTS}`)
  expect([code, stdout]).toEqual([
    0,
    '501 not-modelled zapsign-mock contract answers only requests that a promise is about.\n',
  ])
  expect(stderr).toBe(`✓ authenticated (1 request)
✓ invalidCredentials (1 request)
✓ rateLimited (1 request)
- POST /api/v1/docs/
    No promise is about this request. It was answered with 501.
- GET /api/v1/docs/00000000-0000-4000-8000-000000000000/
    No promise is about this request. It was answered with 501.
- GET /api/v1/docs/
    No promise is about this request. It was answered with 501.
- GET /api/v1/users/
    No promise is about this request. It was answered with 501.
The pact: pacts/billing-ZapSign.json
`)
  expect([report().kept, report().other]).toEqual([true, DOCUMENT_REQUESTS])
})

test('--fail-on-other fails the run for them', async () => {
  const options = ['--fail-on-other', '--junit', 'out/junit.xml']
  const { code, stderr } = await contract(`await fail(); await block();${DOCUMENTS}`, ...options)
  expect([code, report().kept, report().other]).toEqual([1, false, DOCUMENT_REQUESTS])
  expect(stderr).toContain('✗ POST /api/v1/docs/\n    No promise is about this request.')
  expect(readFileSync(path('out/junit.xml'), 'utf8')).toContain('tests="7" failures="4"')
})

test.each<[string, string, string, string]>([
  [
    'a login without credentials',
    'await post(OBTAIN, {})',
    'authenticated',
    'The body lacks `username`. The body lacks `password`.',
  ],
  [
    'a request below /auth/ that does not exist',
    "await fetch(env.ZAPSIGN_API_URL + '/auth/me/')",
    'authenticated',
    'GET was sent, expected POST.',
  ],
  [
    'a password on a page',
    "await post('/api/v1/docs/', right)",
    'authenticated',
    'The path is not the specified /api/v1/auth/token/11111/.',
  ],
  [
    'a refresh token elsewhere',
    "await post('/session', { refresh: env.ZAPSIGN_REFRESH_TOKEN })",
    'refreshed',
    'The path is not the specified /api/v1/auth/token-refresh/.',
  ],
  [
    'a refresh token on a page',
    'await page(env.ZAPSIGN_REFRESH_TOKEN)',
    'authorized',
    'The refresh token was sent where the access token belongs.',
  ],
])('%s fails the run, though it was not asked for', async (_, script, promise, nearMiss) => {
  const { code } = await contract(`await obtain();${script}`)
  const { promises, other } = report()
  const found = promises.find(({ name }: { name: string }) => name === promise)
  expect([code, other, found.result]).toEqual([1, [], 'broken'])
  expect(found.nearMiss).toContain(nearMiss)
})

test('the page of a requested promise is checked; creating a document is not', async () => {
  const script = `await page(env.ZAPSIGN_ACCESS_TOKEN);${DOCUMENTS}`
  const { code } = await contract(script, '--promises', 'authenticated,authorized')
  const { promises, other } = report()
  expect([code, other.length]).toEqual([1, 3])
  expect(promises[1]).toMatchObject({
    name: 'authorized',
    result: 'broken',
    nearMiss: '`page` in the query is not 1.',
  })
})

test('a preflight is not a request, and the output says what it means', async () => {
  const { code, stderr } = await contract(`await obtain()
    const headers = { origin: 'http://localhost:1', 'access-control-request-method': 'POST' }
    console.log((await fetch(env.ZAPSIGN_BASE_URL + OBTAIN, { method: 'OPTIONS', headers })).status)`)
  expect([code, report().other]).toEqual([0, []])
  expect(stderr).toContain(
    '- a browser asked for permission (1 request)\n    ZapSign sends no CORS headers: ',
  )
})

test('the recording server listens on the given host and port', async () => {
  const port = await freePort()
  const { code, stdout, stderr } = await contract(
    'await obtain(); console.log(env.ZAPSIGN_BASE_URL)',
    ...['--port', String(port), '--host', '0.0.0.0'],
  )
  const url = `http://127.0.0.1:${port}`
  expect([code, stdout]).toEqual([0, `${url}\n`])
  expect(stderr).toContain(`The recording server listens on 0.0.0.0 and is called at ${url}\n`)
})

test('a port in use gives a one-line error; the port in the environment applies to the mock', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const inUse = await contract("console.log('ran')", '--port', String(port))
  const environment = { ZAPSIGN_MOCK_PORT: String(port), ZAPSIGN_MOCK_HOST: 'no.such.host' }
  const args = ['contract', '--consumer', 'x', ...client('await obtain()')]
  const other = await run(args, environment)
  server.close()
  expect([inUse.code, inUse.stdout, inUse.stderr]).toEqual([
    1,
    '',
    `zapsign-mock: Cannot listen on port ${port} of 127.0.0.1: the port is in use; choose another one with --port, or take any free one with --port 0\n`,
  ])
  expect(other.code, other.stderr).toBe(0)
})

test('a run that fails says that the older pact is still there, or removes it', async () => {
  await contract('await obtain()')
  const older = readFileSync(path('pacts/billing-ZapSign.json'), 'utf8')
  const failed = await contract('await login()')
  const file = 'pacts/billing-ZapSign.json'
  expect(failed.stderr).toContain(
    `\n${file} is the pact of an earlier run, and was not changed. Delete it, or run again with --remove-stale-pact.\n`,
  )
  expect([failed.code, report().stalePactFile, report().pactFile]).toEqual([1, file, undefined])
  expect(readFileSync(path(file), 'utf8')).toBe(older)
  const removed = await contract('await login()', '--remove-stale-pact')
  expect(removed.stderr).toContain(`\nRemoved the promises of earlier runs from ${file}.\n`)
  expect([removed.code, existsSync(path(file)), report().removedPactFile]).toEqual([1, false, file])
  expect(report().stalePactFile).toBeUndefined()
})

test('runs with different promises add up; --promises all starts afresh', async () => {
  await contract('await page(env.ZAPSIGN_ACCESS_TOKEN)', '--promises', 'authorized')
  await contract('await login()', '--promises', 'authenticated')
  const pact = () => readFileSync(path('pacts/billing-ZapSign.json'), 'utf8')
  expect(pact()).toBe(writePact('billing', ['authenticated', 'authorized']))
  await contract('await all()', '--promises', 'all')
  expect(pact()).toBe(writePact('billing', PROMISE_NAMES))
})

test('similar requests are listed once, and at most 100 kinds are listed', async () => {
  const { stderr } = await contract(
    `const get = async (path) => (await fetch(env.ZAPSIGN_BASE_URL + path)).text()
    for (let i = 0; i < 3; i += 1) await get('/health')
    for (let i = 0; i < 105; i += 1) await get('/' + i + 'x'.repeat(300))`,
    ...['--fail-on-other', '--junit', 'out/junit.xml'],
  )
  expect(stderr).toContain('✗ GET /health (3 requests)\n    No promise is about this request.')
  expect(stderr).toContain('✗ and 6 other kinds of requests\n')
  const { other } = report()
  expect([other.length, other[0]]).toEqual([100, { method: 'GET', path: '/health', status: 501 }])
  expect(other[1].path).toBe(`/0${'x'.repeat(198)}`)
  const junit = readFileSync(path('out/junit.xml'), 'utf8')
  expect(junit).toContain('tests="103" failures="103"')
  expect(junit).toContain('name="GET /health (3 requests)"')
})

test('the run is judged after a request that breaks off and bytes that are not HTTP', async () => {
  const { code } = await contract(`await obtain()
    const { connect } = await import('node:net')
    const write = (text) => new Promise((done) => {
      const socket = connect(new URL(env.ZAPSIGN_BASE_URL).port, '127.0.0.1').on('error', done)
      socket.once('data', done).write(text)
    })
    await write('POST ' + OBTAIN + ' HTTP/1.1\\r\\nhost: x\\r\\nexpect: 100-continue\\r\\ncontent-length: 9\\r\\n\\r\\n{')
    await write('hello\\r\\n')
    process.exit(0)`)
  expect([code, report().promises[0].result, report().unexpected]).toEqual([
    1,
    'broken',
    [{ method: 'not HTTP', path: '', nearMiss: expect.stringContaining('It is not valid HTTP (') }],
  ])
})

test('text that a client sends cannot control the terminal', async () => {
  const { stderr } = await contract("await post(OBTAIN, { ...right, '\\u001b[2J\\n': 1 })")
  expect(stderr).toContain('The body has `\ufffd[2J `, which is not specified.')
})

test('the exit code of a program that fails is passed on, and no pact is written', async () => {
  const { code, stderr } = await contract('await obtain(); process.exit(9)')
  expect([code, report().kept, report().exitCode]).toEqual([9, false, 9])
  expect(stderr).toContain('✗ the command ended with 9\n')
  expect(existsSync(path('pacts'))).toBe(false)
})

test('the JUnit report has a case for each promise and for each other fault', async () => {
  await contract(
    "await login(); await post(OBTAIN, { ...wrong, x: 1 }); await fetch(env.ZAPSIGN_BASE_URL + '/<x>'); process.exit(3)",
    '--fail-on-other',
    '--junit',
    'out/junit.xml',
  )
  const junit = readFileSync(path('out/junit.xml'), 'utf8')
  const times = [...junit.matchAll(/ time="(\d+\.\d{3})"/g)].map(([, time]) => Number(time))
  expect(times[0]).toBeGreaterThan(0)
  expect(times[1]).toBeGreaterThan(0)
  expect(junit.replace(/time="[\d.]+"/g, 'time="T"')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="billing with ZapSign" tests="5" failures="4" skipped="0" time="T">
    <testcase classname="billing with ZapSign" name="authenticated" time="T"/>
    <testcase classname="billing with ZapSign" name="invalidCredentials" time="T"><failure message="invalidCredentials: The body has \`x\`, which is not specified.">invalidCredentials: The body has \`x\`, which is not specified.</failure></testcase>
    <testcase classname="billing with ZapSign" name="rateLimited" time="T"><failure message="rateLimited: No matching or similar request was received.">rateLimited: No matching or similar request was received.</failure></testcase>
    <testcase classname="billing with ZapSign" name="GET /%3Cx%3E" time="T"><failure message="No promise is about this request.">No promise is about this request.</failure></testcase>
    <testcase classname="billing with ZapSign" name="the command" time="T"><failure message="The command ended with 3.">The command ended with 3.</failure></testcase>
  </testsuite>
</testsuites>
`)
})

test('the name of the folder is the default name of the consumer', async () => {
  mkdirSync(path('pacts'))
  const { stderr } = await run(['contract', ...client('await obtain()')])
  expect(stderr).toMatch(/The pact: pacts\/zapsign-mock-\w+-ZapSign\.json\n$/)
})

test('signals are forwarded, and the exit code is that of the program', async () => {
  const script =
    "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)"
  const { child, ended, said } = start(['contract', ...client(script)])
  await said(/ready/)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(5)
})

test('a program that does not exist is exit code 127, and nothing is written', async () => {
  const { code, stdout, stderr } = await run(['contract', '--', 'no-such-program'])
  expect([code, stdout, stderr]).toEqual([
    127,
    '',
    'zapsign-mock: Cannot run no-such-program: command not found\n',
  ])
})

test.each<[string[], string]>([
  [
    ['--promises', 'authenticatd'],
    '--promises must be one of authenticated, invalidCredentials, rateLimited, refreshed, refreshRefused, authorized, expired, got "authenticatd"',
  ],
  [
    ['--consumer', '\u202ea'],
    '--consumer must be a name with a letter or a digit, without control characters, at most 200 bytes long, got "\\u202ea"',
  ],
  [
    ['--consumer', ''],
    '--consumer must be a name with a letter or a digit, without control characters, at most 200 bytes long, got ""',
  ],
])(
  'the mistake %j is one line and exit code 2, before the program is run',
  async (args, message) => {
    const { code, stdout, stderr } = await run([
      'contract',
      ...args,
      ...client("console.log('ran')"),
    ])
    expect([code, stdout, stderr]).toEqual([2, '', `zapsign-mock: ${message}\n`])
  },
)

test.each([
  ['@acme/billing', '@acme-billing'],
  ['Billing (web)', 'Billing (web)'],
  ['Integra\u00e7\u00e3o', 'Integra\u00e7\u00e3o'],
  ['Integrac\u0327a\u0303o', 'Integra\u00e7\u00e3o'],
  ['../evil:x', '-.-evil-x'],
])('the consumer %s has its pact in a file named after it', async (name, file) => {
  const { code, stderr } = await run([
    'contract',
    '--consumer',
    name,
    '--promises',
    'authenticated',
    ...client('await login()'),
  ])
  expect([code, stderr]).toEqual([
    0,
    `\u2713 authenticated (1 request)\nThe pact: pacts/${file}-ZapSign.json\n`,
  ])
  const pact = JSON.parse(readFileSync(path(`pacts/${file}-ZapSign.json`), 'utf8'))
  expect(pact.consumer).toEqual({ name: name.normalize('NFC') })
})

test.each([
  ['exports.PactV3 = class {}', 'has no PactV4'],
  ["throw new Error('no native library\\nat this place')", 'cannot be loaded: no native library'],
])('a Pact that cannot be used is one line: %s', async (code, why) => {
  mkdirSync(path('node_modules/@pact-foundation/pact'), { recursive: true })
  writeFileSync(path('node_modules/@pact-foundation/pact/index.js'), code)
  const ended = await run(['contract', '--consumer', 'x', ...client("console.log('ran')")])
  expect(ended).toEqual({
    code: 1,
    stdout: '',
    stderr: `zapsign-mock: @pact-foundation/pact (16 or 17) is required: npm install --save-dev @pact-foundation/pact; the installed version ${why}\n`,
  })
})

test('a folder whose name cannot be a consumer name asks for --consumer', async () => {
  mkdirSync(path('---'))
  writeFileSync(path('cd.mjs'), "process.chdir('---')")
  const { code, stderr } = await run(['contract', ...client('')], {
    NODE_OPTIONS: `--import ${JSON.stringify(path('cd.mjs'))}`,
  })
  expect([code, stderr]).toEqual([
    2,
    'zapsign-mock: The name of this folder, "---", cannot be the name of the consumer: set one with --consumer\n',
  ])
})

test('a report that cannot be written gives a one-line error, and the other reports are written', async () => {
  writeFileSync(path('file'), '')
  const ended = await run([
    ...['contract', '--junit', 'file/x.xml', '--report', 'out/report.json'],
    ...client('await obtain()'),
  ])
  expect([ended.code, ended.stderr]).toEqual([
    2,
    expect.stringMatching(/^✓ authenticated[\s\S]*\nzapsign-mock: Cannot write file\/x.xml: .*\n$/),
  ])
  expect(report().kept).toBe(true)
})

test('a pact that cannot be written gives a one-line error before the program runs', async () => {
  writeFileSync(path('file'), '')
  const other = await run(['contract', '--pact-dir', 'file', ...client("console.log('ran')")])
  expect([other.code, other.stdout, other.stderr]).toEqual([
    2,
    '',
    expect.stringMatching(/^zapsign-mock: .* cannot be written: .*\n$/),
  ])
  mkdirSync(path('pacts'))
  writeFileSync(path('pacts/billing-ZapSign.json'), '{}')
  const last = await contract("console.log('ran')")
  expect([last.code, last.stdout, last.stderr]).toEqual([
    2,
    '',
    'zapsign-mock: pacts/billing-ZapSign.json is not a pact. Move or delete it.\n',
  ])
})

test('a pact that cannot be written any more keeps its reports', async () => {
  const script = `const { writeFileSync } = await import('node:fs')
    await obtain(); writeFileSync('pacts', '')`
  const { code, stderr } = await contract(script)
  expect([code, report().kept]).toEqual([2, true])
  expect(stderr).toMatch(/\nzapsign-mock: pacts\/billing-ZapSign.json cannot be written: .*\n$/)
})
