import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { writePact } from '../../../../contracts/pact/write-pact.js'
import { LITERALS, OBTAIN_PROMISES, PROMISE_NAMES } from '../../../../contracts/promises.js'
import { usePublishedCommand } from '../published-command.js'

const { start, run, path } = usePublishedCommand()

/** A client that is right, and says on its output what it is told to do; flaws come as JavaScript. */
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

test('a client that keeps to the shape gets a pact; its output is its own', async () => {
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

test('all that was exercised and kept is in the pact, asked for or not', async () => {
  const { code } = await contract('await all()', '--pact-dir', 'elsewhere')
  expect([code, report().promises]).toEqual([0, PROMISE_NAMES.map(keptOnce)])
  expect(readFileSync(path('elsewhere/billing-ZapSign.json'), 'utf8')).toBe(
    writePact('billing', PROMISE_NAMES),
  )
})

test('the environment names everything that the promises are told apart by', async () => {
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
    ZAPSIGN_REFRESH_TOKEN: LITERALS.refreshToken,
    ZAPSIGN_EXPIRED_REFRESH_TOKEN: LITERALS.expiredRefreshToken,
    ZAPSIGN_ACCESS_TOKEN: LITERALS.accessToken,
    ZAPSIGN_EXPIRED_ACCESS_TOKEN: LITERALS.expiredAccessToken,
  })
})

/** What a flaw does to a client that is asked for all promises: the promise that breaks, and why. */
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
    'PUT was sent, POST is specified.',
  ],
  [
    'GET',
    "await fetch(env.ZAPSIGN_BASE_URL + OBTAIN + '?' + new URLSearchParams(right))",
    'authenticated',
    /^GET was sent, POST is specified\./,
  ],
  [
    'a form',
    'await post(OBTAIN, 0, { headers: {}, body: new URLSearchParams(right) })',
    'authenticated',
    'Sent as a form, JSON is specified.',
  ],
  [
    'a multipart form',
    "const form = new FormData(); form.set('username', right.username); form.set('password', right.password); await post(OBTAIN, 0, { headers: {}, body: form })",
    'authenticated',
    'Sent as a form, JSON is specified.',
  ],
  [
    'text',
    "await post(OBTAIN, right, { headers: { 'content-type': 'text/plain' } })",
    'authenticated',
    'Sent as text/plain, JSON is specified.',
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
    'A refusal is not retried with the same credentials or token.',
  ],
  [
    'a 400 retried at once',
    'while ((await block()).status === 400 && (env.count = Number(env.count ?? 0) + 1) < 5);',
    'rateLimited',
    'A refusal is not retried with the same credentials or token.',
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
    'The scheme is `Token`, `Bearer` is specified.',
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

test.each(FLAWS)('a client with the flaw "%s" is told so', async (_, script, promise, nearMiss) => {
  const { code, stdout, stderr } = await contract(`await all();${script}`)
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
})

test('a promise that was asked for and never exercised is not kept', async () => {
  const { code, stderr } = await contract('await login()', '--promises', 'authenticated,expired')
  expect(code).toBe(1)
  expect(stderr).toBe(
    '✓ authenticated (1 request)\n✗ expired: never exercised\n    No request came that is close to it.\n',
  )
  expect(report().promises).toEqual([
    keptOnce('authenticated'),
    { name: 'expired', result: 'neverExercised', requests: 0 },
  ])
  expect(existsSync(path('pacts'))).toBe(false)
})

test('a program that does nothing keeps nothing, though it ends with 0', async () => {
  expect((await contract('')).code).toBe(1)
  expect(report().promises.map(({ result }: { result: string }) => result)).toEqual([
    'neverExercised',
    'neverExercised',
    'neverExercised',
  ])
})

test('a request that no promise covers is told, and no pact is written', async () => {
  const { code, stderr } = await contract(
    "await obtain(); console.log(await (await fetch(env.ZAPSIGN_BASE_URL + '/health?x=1', { method: 'OPTIONS' })).text())",
  )
  expect([code, report().kept, report().unexpected]).toEqual([
    1,
    false,
    [{ method: 'OPTIONS', path: '/health', nearMiss: expect.any(String) }],
  ])
  expect(stderr).toContain('✗ OPTIONS /health\n    No promise covers this request.\n')
  expect(existsSync(path('pacts'))).toBe(false)
})

test('requests that are alike are told once, and no more than 100 kinds', async () => {
  const { stderr } = await contract(
    `const get = async (path) => (await fetch(env.ZAPSIGN_BASE_URL + path)).text()
    for (let i = 0; i < 3; i += 1) await get('/health')
    for (let i = 0; i < 105; i += 1) await get('/' + i + 'x'.repeat(300))`,
    '--junit',
    'out/junit.xml',
  )
  expect(stderr).toContain('✗ GET /health (3 requests)\n    No promise covers this request.\n')
  expect(stderr).toContain('✗ and 6 other kinds of requests\n')
  const nearMiss = 'It holds no credential and no token that the environment gave.'
  const { unexpected } = report()
  expect([unexpected.length, unexpected[0]]).toEqual([
    100,
    { method: 'GET', path: '/health', nearMiss },
  ])
  expect(unexpected[1].path).toBe(`/0${'x'.repeat(198)}`)
  const junit = readFileSync(path('out/junit.xml'), 'utf8')
  expect(junit).toContain('tests="103" failures="103"')
  expect(junit).toContain('name="GET /health (3 requests)"')
})

test('what breaks off and what is no request keeps nothing from being told', async () => {
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

test('what a client sends does not command the terminal', async () => {
  const { stderr } = await contract("await post(OBTAIN, { ...right, '\\u001b[2J\\n': 1 })")
  expect(stderr).toContain('The body has `\ufffd[2J `, which is not specified.')
})

test('a program that fails decides the exit code; no pact is written', async () => {
  const { code, stderr } = await contract('await obtain(); process.exit(9)')
  expect([code, report().kept, report().exitCode]).toEqual([9, false, 9])
  expect(stderr).toContain('✗ the command ended with 9\n')
  expect(existsSync(path('pacts'))).toBe(false)
})

test('the JUnit report has a case for each promise, and for what else is wrong', async () => {
  await contract(
    "await login(); await post(OBTAIN, { ...wrong, x: 1 }); await fetch(env.ZAPSIGN_BASE_URL + '/<x>'); process.exit(3)",
    '--junit',
    'out/junit.xml',
  )
  expect(readFileSync(path('out/junit.xml'), 'utf8')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="billing with ZapSign" tests="5" failures="4" skipped="0">
    <testcase classname="billing with ZapSign" name="authenticated"/>
    <testcase classname="billing with ZapSign" name="invalidCredentials"><failure message="invalidCredentials: The body has \`x\`, which is not specified."/></testcase>
    <testcase classname="billing with ZapSign" name="rateLimited"><failure message="rateLimited: no request came that is close to it."/></testcase>
    <testcase classname="billing with ZapSign" name="GET /%3Cx%3E"><failure message="No promise covers this request."/></testcase>
    <testcase classname="billing with ZapSign" name="the command"><failure message="It ended with 3"/></testcase>
  </testsuite>
</testsuites>
`)
})

test('the consumer is named after the folder, where nothing else is said', async () => {
  mkdirSync(path('pacts'))
  const { stderr } = await run(['contract', ...client('await obtain()')])
  expect(stderr).toMatch(/The pact: pacts\/zapsign-mock-\w+-ZapSign\.json\n$/)
})

test('signals are forwarded, and it ends as the program did', async () => {
  const script =
    "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)"
  const { child, ended, said } = start(['contract', ...client(script)])
  await said(/ready/)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(5)
})

test('a program that is not there ends it with 127, and nothing is written', async () => {
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
    '--consumer must be a name with a letter or a digit, without control characters, at most 200 bytes long, got "\u202ea"',
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
])('a Pact that does not suit is one line: %s', async (code, why) => {
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

test('a report or a pact that cannot be written is one line, and the others are there', async () => {
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
  const other = await run(['contract', '--pact-dir', 'file', ...client('await obtain()')])
  expect([other.code, other.stderr]).toEqual([
    2,
    expect.stringMatching(/zapsign-mock: .*[cC]annot (be written|write).*\n$/),
  ])
  mkdirSync(path('pacts'))
  writeFileSync(path('pacts/billing-ZapSign.json'), '{}')
  const last = await contract('await obtain()')
  expect([last.code, last.stderr]).toEqual([
    2,
    expect.stringMatching(
      /^✓ authenticated[\s\S]*\nzapsign-mock: pacts\/billing-ZapSign.json is no pact: move it away first\n$/,
    ),
  ])
})
