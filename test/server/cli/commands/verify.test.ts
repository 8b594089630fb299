import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { writePact } from '../../../../contracts/pact/write-pact.js'
import { PROMISE_NAMES, promises } from '../../../../contracts/promises.js'
import { startServer } from '../../../../server/index.js'
import { createPactBroker } from '../../../contracts/provider/pact-broker.js'
import { usePublishedCommand } from '../published-command.js'

const { run, start, path } = usePublishedCommand()
const verify = (...args: string[]) => run(['verify', ...args])

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

const lineOf = (name: (typeof PROMISE_NAMES)[number]) => `${name}: ${promises[name].description}`
const report = () => JSON.parse(readFileSync(path('report.json'), 'utf8'))

test('without arguments, the built-in mock is verified against all promises', async () => {
  const { code, stdout, stderr } = await verify('--report', 'report.json', '--junit', 'junit.xml')
  expect([code, stdout, stderr]).toEqual([
    0,
    PROMISE_NAMES.map((name) => `✓ ${lineOf(name)}\n`).join(''),
    '',
  ])
  expect(report()).toEqual({
    kept: true,
    interactions: PROMISE_NAMES.map((promise) => ({
      consumer: 'any client',
      description: promises[promise].description,
      promise,
      result: 'kept',
    })),
  })
  const junit = readFileSync(path('junit.xml'), 'utf8')
  const cases = PROMISE_NAMES.map(
    (name) =>
      `    <testcase classname="ZapSign at the built-in mock" name="${lineOf(name)}" time="T"/>\n`,
  )
  expect(junit.replace(/time="\d+\.\d{3}"/g, 'time="T"')).toContain(cases.join(''))
  const times = [...junit.matchAll(/ time="([\d.]+)"/g)].map(([, time]) => Number(time))
  expect(times).toHaveLength(8)
  // One promise may take less than the millisecond that the report shows, but not every one.
  expect(Math.max(...times.slice(1))).toBeGreaterThan(0)
})

test('interactions with the same description are distinguished by their states and pacts', async () => {
  const pact = JSON.parse(writePact('a', ['refreshed', 'authorized', 'authenticated']))
  for (const one of pact.interactions.slice(0, 2)) one.description = 'it works'
  writeFileSync(path('one.json'), JSON.stringify(pact))
  const other = JSON.parse(writePact('a', ['authenticated']))
  writeFileSync(path('other.json'), JSON.stringify(other))
  const { code, stdout } = await verify('one.json', 'other.json', '--junit', 'junit.xml')
  const titles = [
    'a: it works (given the refresh token is valid)',
    'a: it works (given the access token is valid)',
    'a: a login with the right credentials (given the user can sign in, one.json)',
    'a: a login with the right credentials (given the user can sign in, other.json)',
  ]
  expect([code, stdout]).toEqual([0, titles.map((title) => `✓ ${title}\n`).join('')])
  const junit = readFileSync(path('junit.xml'), 'utf8')
  for (const title of titles) expect(junit).toContain(`name="${title}"`)
})

test('pacts are files, folders and patterns, each once', async () => {
  mkdirSync(path('pacts/deep'), { recursive: true })
  writeFileSync(path('pacts/a-ZapSign.json'), writePact('a', ['authenticated']))
  writeFileSync(path('pacts/deep/b-ZapSign.json'), writePact('b', ['refreshed']))
  writeFileSync(path('c.json'), writePact('c', ['expired']))
  const found = async (...pacts: string[]) => {
    const { code, stdout } = await verify(...pacts)
    return [code, ...(stdout.match(/^✓ \w+(?=:)/gm) ?? [])]
  }
  expect(await found('c.json', './c.json')).toEqual([0, '✓ c'])
  expect(await found('pacts', 'c.json')).toEqual([0, '✓ a', '✓ b', '✓ c'])
  expect(await found('pacts/*.json')).toEqual([0, '✓ a'])
  expect(await found('**/*-ZapSign.json')).toEqual([0, '✓ a', '✓ b'])
})

const USER = { username: 'ana@example.com', password: 'hidden-password' }
const SIGN_IN = ['--organization', '77', '--username', USER.username, '--password', USER.password]

/** The mock behind a socket, with another user than the promises name. */
async function startProvider() {
  const server = await startServer({ port: 0, users: [USER], organizations: [{ id: '77' }] })
  closers.push(server.close)
  return server
}

test('a provider at a URL is verified with its own credentials', async () => {
  const { url, zapsign } = await startProvider()
  const { code, stdout, stderr } = await verify('--base-url', url, ...SIGN_IN)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(
    [
      `✓ ${lineOf('authenticated')}`,
      `✓ ${lineOf('invalidCredentials')}`,
      `- ${lineOf('rateLimited')}`,
      '    Not checked: it locks the account; includeRateLimit (--include-rate-limit) checks it',
      `✓ ${lineOf('refreshed')}`,
      `- ${lineOf('refreshRefused')}`,
      '    Not checked: an expired token cannot be obtained here without providerStatesUrl (--provider-states-url); a token signed with an unknown key was refused as specified',
      `✓ ${lineOf('authorized')}`,
      `- ${lineOf('expired')}`,
      '    Not checked: an expired token cannot be obtained here without providerStatesUrl (--provider-states-url); a token signed with an unknown key was refused as specified',
      '',
    ].join('\n'),
  )
  expect(zapsign.journal.count({ outcome: 'rateLimited' })).toBe(0)
})

test('the login limit is checked on request, within 20 logins', async () => {
  const { url, zapsign } = await startProvider()
  // Without a refresh, nothing waits in real time.
  writeFileSync(path('limit.json'), writePact('any client', ['rateLimited']))
  const options = ['limit.json', '--include-rate-limit', ...SIGN_IN]
  expect((await verify('--base-url', url, ...options, '--report', 'report.json')).code).toBe(0)
  expect(report().interactions).toMatchObject([{ promise: 'rateLimited', result: 'kept' }])
  expect(zapsign.journal.count({ outcome: 'invalidCredentials' })).toBeLessThanOrEqual(20)

  const generous = await startServer({ port: 0, users: [USER], loginLimit: false })
  closers.push(generous.close)
  const { code, stdout } = await verify('--base-url', generous.url, ...options)
  expect([code, stdout]).toEqual([1, expect.stringContaining(`✗ ${lineOf('rateLimited')}`)])
  expect(stdout).toContain('the provider still answered failed login 20 in a row with 401')
})

test('options come from the environment too, and a flag wins', async () => {
  const { url } = await startProvider()
  const environment = {
    ZAPSIGN_MOCK_BASE_URL: url,
    ZAPSIGN_MOCK_ORGANIZATION: '77',
    ZAPSIGN_MOCK_USERNAME: USER.username,
    ZAPSIGN_MOCK_PASSWORD: USER.password,
  }
  writeFileSync(path('a.json'), writePact('a', ['authenticated']))
  expect((await run(['verify', 'a.json'], environment)).code).toBe(0)
  expect((await run(['verify', 'a.json', '--organization', '78'], environment)).code).toBe(1)
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A provider that answers every request with a function. */
async function startBroken(answer: (url: string) => { status: number; body: string }) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('the faults of a provider are shown without a password or a token', async () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJoaWRkZW4ifQ.aGlkZGVuLXNpZ25hdHVyZQ'
  const url = await startBroken(() => ({
    status: 200,
    body: JSON.stringify({ access: token, refresh: token, detail: USER.password }),
  }))
  const { code, stdout, stderr } = await verify(
    ...['--base-url', url, ...SIGN_IN, '--report', 'report.json', '--junit', 'junit.xml'],
  )
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toContain(`✗ ${lineOf('authenticated')}\n`)
  expect(stdout).toContain('    access and refresh are the same token\n')
  expect(stdout).toContain(`✗ ${lineOf('invalidCredentials')}\n`)
  expect(report().interactions[0].result).toBe('broken')
  for (const file of ['report.json', 'junit.xml']) {
    expect(readFileSync(path(file), 'utf8')).not.toMatch(/hidden-|eyJhb/)
  }
  expect(stdout).not.toMatch(/hidden-|eyJhb/)
})

test('a provider that does not listen is broken', async () => {
  const { code, stdout } = await verify('--base-url', 'http://127.0.0.1:1', ...SIGN_IN)
  expect(code).toBe(1)
  expect(stdout).toContain(`✗ ${lineOf('authenticated')}\n    the provider did not answer: `)
})

test.each<[string, string[], string]>([
  ['a missing pact', ['absent.json'], 'Found no pact: no file or folder matches absent.json'],
  [
    'a pattern without a match',
    ['pacts/*.json'],
    'Found no pact: no file or folder matches pacts/*.json',
  ],
  [
    'a file that is not a pact',
    ['package.json'],
    'package.json is not a pact: it names no consumer',
  ],
  ['an empty name', [''], 'The name of a pact is empty. Is a variable of the shell unset?'],
  [
    'a word for a URL',
    ['--base-url', 'sandbox'],
    '--base-url must be an http or https URL without user name, password, query and fragment, such as "https://sandbox.api.zapsign.com.br", got "sandbox"',
  ],
  ['no credentials', ['--base-url', 'http://x'], '--base-url needs --organization'],
  ['credentials without a provider', ['--organization', '1'], '--organization needs --base-url'],
  ['a limit without a provider', ['--include-rate-limit'], '--include-rate-limit needs --base-url'],
  [
    'a wrong password that is right',
    ['--base-url', 'http://x', ...SIGN_IN, '--wrong-password', USER.password],
    '--wrong-password must differ from --password',
  ],
  ['publishing without a broker', ['--publish'], '--publish needs --broker-base-url'],
])('%s is one line and exit code 2', async (_, args, message) => {
  writeFileSync(path('package.json'), '{}')
  expect(await verify(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `zapsign-mock: ${message}\n`,
  })
})

test.each<[Record<string, string>, string]>([
  [{ INCLUDE_RATE_LIMIT: 'true' }, 'INCLUDE_RATE_LIMIT needs --base-url'],
  [{ BASE_URL: 'http://x' }, 'BASE_URL needs --organization'],
  [
    { BASE_URL: 'http://a:b@x' },
    'BASE_URL must be an http or https URL without user name, password, query and fragment, such as "https://sandbox.api.zapsign.com.br", got "(withheld)"',
  ],
  [{ PUBLISH: 'true' }, 'PUBLISH needs --broker-base-url'],
])('the environment %j needs what its flags need', async (environment, message) => {
  const named = Object.entries(environment).map(([name, value]) => [`ZAPSIGN_MOCK_${name}`, value])
  expect(await run(['verify'], Object.fromEntries(named))).toEqual({
    code: 2,
    stdout: '',
    stderr: `zapsign-mock: ZAPSIGN_MOCK_${message}\n`,
  })
})

test('credentials in the environment may be meant for the mock', async () => {
  const { code } = await run(['verify'], { ZAPSIGN_MOCK_USERNAME: USER.username })
  expect(code).toBe(0)
})

test('a broker that does not listen gives a one-line error, and not the exit code of misuse', async () => {
  const { code, stdout, stderr } = await verify('--broker-base-url', 'http://127.0.0.1:1')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(
    /^zapsign-mock: The broker at http:\/\/127\.0\.0\.1:1 cannot be used: it did not answer: .*\n$/,
  )
})

test('results that could not be published fail the run', async () => {
  const pact = JSON.parse(writePact('a', ['authenticated']))
  const broker: string = await startBroken((url) => {
    const answers: Record<string, object> = {
      '/': { _links: { 'pb:provider-pacts-for-verification': { href: `${broker}/for` } } },
      '/for': { _embedded: { pacts: [{ _links: { self: { href: `${broker}/pact` } } }] } },
      '/pact': pact,
    }
    return { status: 200, body: JSON.stringify(answers[url]) }
  })
  const publishing = ['--broker-base-url', broker, '--provider-version', '1', '--publish']
  const { code, stdout } = await verify(...publishing)
  expect([code, stdout]).toEqual([
    1,
    [
      `✓ a: ${promises.authenticated.description}`,
      '✗ publishing the results',
      `    The pact at ${broker}/pact has no link for publishing its results`,
      '',
    ].join('\n'),
  ])
})

test('pacts with other providers are named, and alone they fail the run', async () => {
  const pact = JSON.parse(writePact('a', ['authenticated']))
  writeFileSync(path('a.json'), JSON.stringify({ ...pact, provider: { name: 'Stripe' } }))
  expect(await verify('a.json')).toEqual({
    code: 1,
    stdout: '- a.json is a pact with Stripe\nNothing was checked.\n',
    stderr: '',
  })
})

test('a proxy is not used for the built-in mock', async () => {
  const dead = 'http://127.0.0.1:1'
  const { code } = await run(['verify'], { HTTP_PROXY: dead, http_proxy: dead })
  expect(code).toBe(0)
})

test.each<[string, Record<string, string>]>([
  ['a description', { PACT_DESCRIPTION: 'another' }],
  ['a state', { PACT_PROVIDER_STATE: 'another' }],
  ['no state', { PACT_PROVIDER_NO_STATE: 'true' }],
])('%s in an environment variable of Pact changes nothing', async (_, environment) => {
  expect(await run(['verify'], environment)).toMatchObject({
    code: 0,
    stdout: PROMISE_NAMES.map((name) => `✓ ${lineOf(name)}\n`).join(''),
  })
})

test('a broker in an environment variable of Pact is not asked', async () => {
  let asked = 0
  const broker = await startBroken(() => {
    asked += 1
    return { status: 404, body: '{}' }
  })
  const environment = { PACT_BROKER_BASE_URL: broker, PACT_BROKER_TOKEN: 't' }
  const { code } = await run(['verify'], environment)
  expect([code, asked]).toEqual([0, 0])
})

/** Installs a Pact in the folder whose core is this program. */
function installPact(core: string) {
  for (const [name, text] of Object.entries({ pact: '', 'pact-core': core })) {
    const folder = path(`node_modules/@pact-foundation/${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/index.js`, text)
  }
}

test.each<[string, string, string]>([
  ['returns something else', 'exports.default = { verifyPacts: async () => 7 }', '7'],
  [
    'lacks its native library',
    `throw new Error("Couldn't find npm package x \\n try another")`,
    "Couldn't find npm package x",
  ],
  ['has another API', 'exports.default = {}', 'core.verifyPacts is not a function'],
  ['exits', "console.error('one\\n\\x1b[31mtwo\\x1b[0m'); process.exit(3)", 'it ended with 3: two'],
  ['is killed', "process.kill(process.pid, 'SIGKILL')", 'it was ended by SIGKILL'],
])('a Pact that %s is reported in one line, and leaves no files behind', async (_, core, cause) => {
  installPact(core)
  mkdirSync(path('tmp'))
  expect(await run(['verify'], { TMPDIR: path('tmp') })).toEqual({
    code: 1,
    stdout: '',
    stderr: `zapsign-mock: Pact's verifier could not be run: ${cause}\n`,
  })
  expect(readdirSync(path('tmp'))).toEqual([])
})

test('Pact waits for the proxy longer than for its own 30 s: states may take minutes', async () => {
  installPact(
    'exports.default = { verifyPacts: async ({ timeout }) => { throw new Error(timeout) } }',
  )
  const { stderr } = await run(['verify'])
  expect(stderr).toBe("zapsign-mock: Pact's verifier could not be run: 600000\n")
})

test('a run that is killed leaves no process and no files behind', async () => {
  mkdirSync(path('tmp'))
  writeFileSync(path('pid.cjs'), "require('node:fs').writeFileSync('pid-' + process.pid, '')")
  const asked = new Promise<void>((resolve) => {
    const server = createServer(() => resolve()).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const options = ['verify', '--base-url', `http://127.0.0.1:${port}`, ...SIGN_IN]
      const environment = { TMPDIR: path('tmp'), NODE_OPTIONS: `-r ${path('pid.cjs')}` }
      child = start(options, environment).child
    })
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
  })
  let child: ReturnType<typeof start>['child'] | undefined
  await asked
  expect(readdirSync(path('tmp'))).not.toEqual([])
  const pids = readdirSync(path('.')).flatMap((name) => Number(/^pid-(\d+)$/.exec(name)?.[1]) || [])
  expect(pids).toHaveLength(2)
  child?.kill('SIGKILL')
  await vi.waitFor(() => {
    expect(readdirSync(path('tmp'))).toEqual([])
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, 5000)
})

test('an unknown provider state breaks its own interaction, and the known states are listed', async () => {
  const pact = JSON.parse(writePact('a', ['authenticated', 'refreshed']))
  pact.interactions[0].providerStates[0].name = 'all is well'
  writeFileSync(path('a.json'), JSON.stringify(pact))
  const { code, stdout, stderr } = await verify('a.json')
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(
    /^✗ a: a login with the right credentials\n {4}the provider state "all is well" is unknown; the known states are "the user can sign in", .*\n✓ a: a refresh/,
  )
})

test('node_modules is not searched, other JSON files are named, and a pattern may match folders', async () => {
  for (const folder of ['packages/a/pacts', 'packages/b/pacts', 'node_modules/x/pacts'])
    mkdirSync(path(folder), { recursive: true })
  writeFileSync(path('packages/a/pacts/a.json'), writePact('a', ['authenticated']))
  writeFileSync(path('packages/b/pacts/b.json'), writePact('b', ['authenticated']))
  writeFileSync(path('node_modules/x/pacts/x.json'), writePact('x', ['authenticated']))
  writeFileSync(path('tsconfig.json'), '// a comment\n{}')
  const lines = ['a', 'b'].map((name) => `✓ ${name}: ${promises.authenticated.description}\n`)
  expect(await verify('packages/*/pacts')).toEqual({ code: 0, stdout: lines.join(''), stderr: '' })
  expect(await verify('.')).toEqual({
    code: 0,
    stdout: [...lines, '- tsconfig.json is not a pact\n'].join(''),
    stderr: '',
  })
})

test('a damaged pact in a folder fails the run, and the others are checked', async () => {
  mkdirSync(path('pacts'))
  writeFileSync(path('pacts/a.json'), writePact('a', ['authenticated']))
  writeFileSync(path('pacts/b.json'), writePact('b', ['authenticated']).slice(0, -10))
  expect(await verify('pacts')).toEqual({
    code: 1,
    stdout:
      '✓ a: a login with the right credentials\n✗ pacts/b.json is not a pact: it is not valid JSON\n',
    stderr: '',
  })
})

test('a folder without pacts is a misuse', async () => {
  writeFileSync(path('package.json'), '{}')
  expect(await verify('.')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'zapsign-mock: Found no pact in .\n',
  })
})

test('interactions with the same description are distinguished by their states', async () => {
  const pact = JSON.parse(writePact('web', ['authenticated']))
  const [login] = pact.interactions
  const interactions = [login, { ...login, providerStates: [] }]
  writeFileSync(path('a.json'), JSON.stringify({ ...pact, interactions }))
  const { stdout } = await verify('a.json', '--junit', 'junit.xml')
  const { description } = promises.authenticated
  const titles = [
    `web: ${description} (given the user can sign in)`,
    `web: ${description} (without a state)`,
  ]
  expect(stdout).toBe(titles.map((title) => `✓ ${title}\n`).join(''))
  const junit = readFileSync(path('junit.xml'), 'utf8')
  for (const title of titles) expect(junit).toContain(`name="${title}"`)
})

test('a broker is used with all its flags', async () => {
  const pact = JSON.parse(writePact('web', ['authenticated']))
  const { listener, requests } = createPactBroker({
    pacts: { right: pact },
    authorization: `Basic ${Buffer.from('ana:hidden').toString('base64')}`,
  })
  const url = await listen(listener)
  const { code, stdout, stderr } = await verify(
    ...['--broker-base-url', url, '--broker-username', 'ana', '--broker-password', 'hidden'],
    ...['--consumer-version-selector', '{"branch":"main"}'],
    ...['--consumer-version-selector', '[{"deployed":true},{"matchingBranch":true}]'],
    ...['--enable-pending', '--include-wip-pacts-since', '2026-01-31'],
    ...['--provider-version', '1.2.3', '--provider-branch', 'main', '--publish'],
    ...['--build-url', 'https://ci.example/7'],
  )
  expect([code, stdout, stderr]).toEqual([0, `✓ web: ${promises.authenticated.description}\n`, ''])
  expect(requests[1]?.body).toEqual({
    consumerVersionSelectors: [{ branch: 'main' }, { deployed: true }, { matchingBranch: true }],
    includePendingStatus: true,
    includeWipPactsSince: '2026-01-31',
    providerVersionBranch: 'main',
  })
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET', 'PUT', 'POST'])
  expect(requests.at(-1)?.body).toMatchObject({
    success: true,
    providerApplicationVersion: '1.2.3',
    buildUrl: 'https://ci.example/7',
  })
})

test("a webhook's pact URL is an argument, and the broker's options come from the environment", async () => {
  const pact = JSON.parse(writePact('web', ['authenticated']))
  const { listener, requests } = createPactBroker({
    pacts: { right: pact },
    authorization: 'Bearer hidden',
  })
  const url = await listen(listener)
  const environment = {
    ZAPSIGN_MOCK_BROKER_TOKEN: 'hidden',
    ZAPSIGN_MOCK_PROVIDER_VERSION: '1',
    ZAPSIGN_MOCK_PUBLISH: 'true',
  }
  const pactUrl = `${url}/pacts/provider/ZapSign/consumer/web/pact-version/right`
  expect(await run(['verify', pactUrl], environment)).toMatchObject({ code: 0, stderr: '' })
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
})

test('a broken pending pact is shown, and does not fail the run', async () => {
  const pact = JSON.parse(writePact('web', ['authenticated']))
  pact.interactions[0].response.status = 418
  const { listener } = createPactBroker({
    pacts: { odd: pact },
    properties: { odd: { pending: true } },
  })
  const url = await listen(listener)
  const { code, stdout } = await verify('--broker-base-url', url, '--enable-pending')
  expect([code, stdout]).toEqual([
    0,
    `- web: ${promises.authenticated.description}\n    Broken, but it is pending: expected 418 but was 200\n`,
  ])
})

test('a pact that was not checked completely is not published, and fails the run', async () => {
  const pact = JSON.parse(writePact('web', ['authenticated']))
  const message = { type: 'Asynchronous/Messages', description: 'a message' }
  const { listener } = createPactBroker({
    pacts: { mixed: { ...pact, interactions: [...pact.interactions, message] } },
  })
  const url = await listen(listener)
  const publishing = ['--broker-base-url', url, '--provider-version', '1', '--publish']
  const { code, stdout } = await verify(...publishing, '--junit', 'junit.xml')
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^✗ http:\S+\/mixed was not published: 1 of 2 interactions was not/m),
  ])
  expect(readFileSync(path('junit.xml'), 'utf8')).toContain('failures="1"')
})

test('headers reach the provider from flags and from the environment', async () => {
  const received: unknown[] = []
  const url = await listen((request, response) => {
    received.push([request.headers['x-api-key'], request.headers['x-other']])
    response.end('{}')
  })
  const options = ['verify', '--base-url', url, ...SIGN_IN, 'a.json']
  writeFileSync(path('a.json'), writePact('a', ['invalidCredentials']))
  await run([...options, '--header', 'X-Api-Key: a, b', '--header', 'X-Other:c'])
  await run(options, { ZAPSIGN_MOCK_HEADER: 'X-Api-Key: a, b\nX-Other: c' })
  expect(new Set(received.map(String))).toEqual(new Set(['a, b,c']))
})

test.each<[string, string[], string]>([
  [
    'a header without a value',
    ['--header', 'hidden'],
    '--header must be a name and a value such as "X-Api-Key: value"',
  ],
  [
    'a selector that is not JSON',
    ['--broker-base-url', 'http://x', '--consumer-version-selector', 'main'],
    '--consumer-version-selector must be JSON such as \'{"branch":"main"}\', got "main"',
  ],
  ['a header without a provider', ['--header', 'a: b'], '--header needs --base-url'],
  [
    'a date that is not one',
    ['--broker-base-url', 'http://x', '--include-wip-pacts-since', 'now'],
    '--include-wip-pacts-since must be a date such as "2026-01-31", got "now"',
  ],
  [
    'two ways to sign in',
    [
      '--broker-base-url',
      'http://x',
      '--broker-token',
      't',
      '--broker-username',
      'u',
      '--broker-password',
      'p',
    ],
    'Cannot combine --broker-token with --broker-username',
  ],
])('%s is refused in one line that names the flag', async (_, args, message) => {
  expect(await verify(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `zapsign-mock: ${message}\n`,
  })
})
