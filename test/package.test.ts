import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPacked, typeCheck } from './packed.js'

/** Each subpath, and what is to be found there. */
const SUBPATHS: Record<string, readonly string[]> = {
  'zapsign-mock': [
    'createZapSign',
    'createUsers',
    'DEMO_USER',
    'DEFAULT_SIGNING_KEY',
    'PRODUCTION_URL',
    'SANDBOX_URL',
  ],
  'zapsign-mock/mocks': ['createHandlers', 'requireBearer', 'matchers'],
  'zapsign-mock/server': ['createApp', 'startServer'],
  'zapsign-mock/contracts': [
    'promises',
    'checkClient',
    'testClient',
    'runContract',
    'createStateHandlers',
    'verifyProvider',
    'openapi',
  ],
}

const TYPESCRIPT_USER = `
import { createServer } from 'node:http'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { createUsers, createZapSign, type User, type ZapSign, type ZapSignOptions } from 'zapsign-mock'
import { createHandlers, matchers, requireBearer } from 'zapsign-mock/mocks'
import { createApp, startServer, type ZapSignServer } from 'zapsign-mock/server'
import { Verifier } from '@pact-foundation/pact'
import { checkClient, createStateHandlers, openapi, promises, testClient, verifyProvider, type Client, type PromiseName } from 'zapsign-mock/contracts'

const options: ZapSignOptions = { loginLimit: { attempts: 3, window: '10s' }, claims: ({ issuedAt }) => ({ iat: issuedAt.getTime() }) }
const zapsign: ZapSign = createZapSign(options)
zapsign.outcomes.next('serviceUnavailable', { times: 2 })
zapsign.time.advance('61m')
const users: User[] = await createUsers({ count: 2 })
const server: ZapSignServer = await startServer({ users, port: 0 })
createServer(createApp(zapsign))
http.get('https://x.example', requireBearer(zapsign, ({ user, organization }) => HttpResponse.json([user?.username, organization?.id])))
setupServer(...createHandlers(zapsign, { baseUrl: 'https://x.example', pages: true }))
expect.extend(matchers)
expect(zapsign).toHaveIssuedTokens(1)
expect(zapsign).not.toHaveRejected('rateLimited', 2)
const entries: readonly { outcome: string }[] = server.zapsign.journal.entries

const client: Client = { obtainToken: async ({ username }) => username ? { kind: 'rateLimited' } : { kind: 'authenticated', access: '', refresh: '' } }
const name: PromiseName = (await checkClient(client, { consumer: 'x', promises: ['rateLimited'] })).promises[0]?.name ?? 'authenticated'
testClient((title, run) => test(title, run), client, { consumer: promises[name].description })
const kept: boolean = (await verifyProvider({ zapsign })).kept
new Verifier({ provider: 'ZapSign', providerBaseUrl: 'http://x', stateHandlers: createStateHandlers(zapsign) })
const title: string = openapi.info.title

// @ts-expect-error a kind that does not exist
const lax: Client = { obtainToken: async () => ({ kind: 'locked' }) }
// @ts-expect-error an outcome that does not exist
zapsign.outcomes.next('unauthorised')
// @ts-expect-error a refusal that does not exist
expect(zapsign).toHaveRejected('unauthorised')
// @ts-expect-error not a duration
zapsign.time.advance('61 minutes')
// @ts-expect-error what only the other folders of the package use
export { optionEntries } from 'zapsign-mock'
export { entries, kept, lax, title }
`

let packed: ReturnType<typeof installPacked>
const node = (...args: string[]) => packed.node(...args)
const within = (path: string) => join(packed.folder, path)

beforeAll(() => {
  packed = installPacked()
  // What its users have besides: the optional peers, and a runner.
  for (const name of ['msw', 'vitest', '@pact-foundation/pact']) packed.link(name)
}, 60_000)

afterAll(() => packed.remove())

test('it is one package', () => {
  expect(packed.packages).toEqual(['zapsign-mock'])
})

test('it ships licences, source maps, a changelog, and no source or test', () => {
  const files = readdirSync(within('node_modules/zapsign-mock'), {
    recursive: true,
    encoding: 'utf8',
  })
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'dist/THIRD_PARTY_LICENSES',
      'dist/src/index.js.map',
    ]),
  )
  expect(files.filter((file) => /(^|\/)test\/|(?<!\.d)\.ts$|tsbuildinfo/.test(file))).toEqual([])
})

test('its package.json has no scripts and no development dependencies', () => {
  const published = JSON.parse(
    readFileSync(within('node_modules/zapsign-mock/package.json'), 'utf8'),
  )
  const { scripts, devDependencies, ...rest } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(Object.keys(scripts)).toContain('prepare')
  expect(Object.keys(devDependencies)).toContain('typescript')
  expect(published).toEqual(rest)
})

test('it is not larger than 6 MB', () => {
  const folder = within('node_modules/zapsign-mock')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const stats = files.map((file) => statSync(join(folder, file))).filter((one) => one.isFile())
  expect(stats.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(6e6)
  expect(files).toContain('dist/src/faker.js')
})

test('the licence of every bundled package is listed', () => {
  const licences = readFileSync(
    within('node_modules/zapsign-mock/dist/THIRD_PARTY_LICENSES'),
    'utf8',
  )
  for (const name of [
    'express',
    'commander',
    'valibot',
    'yaml',
    '@faker-js/faker',
    '@noble/hashes',
  ]) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'))
  }
})

test.each(Object.entries(SUBPATHS))('%s can be imported and required', (subpath, names) => {
  const print = 'console.log(JSON.stringify(Object.keys(entry)))'
  const imported = JSON.parse(
    node('--input-type=module', '-e', `import * as entry from '${subpath}'; ${print}`),
  )
  expect(imported).toEqual(expect.arrayContaining([...names]))
  const required = JSON.parse(
    node(
      '--no-warnings',
      '--experimental-require-module',
      '--input-type=commonjs',
      '-e',
      `const entry = require('${subpath}'); ${print}`,
    ),
  )
  expect(required).toEqual(expect.arrayContaining([...names]))
})

test('every subpath that is exported is tried here', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const subpaths = Object.keys(exports).filter(
    (key) => !key.startsWith('./examples/') && !key.endsWith('.json'),
  )
  expect(subpaths.map((key) => key.replace(/^\./, 'zapsign-mock'))).toEqual(Object.keys(SUBPATHS))
})

test.each([
  ['openapi.json', 'contracts/openapi.json'],
  ['reference-pact.json', 'contracts/reference-pact.json'],
  ['config-schema.json', 'server/config-schema.json'],
  ['control-openapi.json', 'server/control/openapi.json'],
])('%s can be imported and required', (name, file) => {
  const print = 'console.log(JSON.stringify(content))'
  const imported = node(
    ...['--no-warnings', '--input-type=module', '-e'],
    `import content from 'zapsign-mock/${name}' with { type: 'json' }; ${print}`,
  )
  const required = node('-p', `JSON.stringify(require('zapsign-mock/${name}'))`)
  const committed = JSON.parse(readFileSync(file, 'utf8'))
  expect([JSON.parse(imported), JSON.parse(required)]).toEqual([committed, committed])
})

test('without Pact, contracts say how to get it, and all else works', () => {
  packed.unlink('@pact-foundation/pact')
  try {
    const { status, stderr } = spawnSync(join('node_modules', '.bin', 'zapsign-mock'), ['verify'], {
      cwd: packed.folder,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([
      1,
      'zapsign-mock: @pact-foundation/pact (16 or 17) is required: npm install --save-dev @pact-foundation/pact\n',
    ])
    const { title } = JSON.parse(
      node(
        ...['--input-type=module', '-e'],
        "import { openapi } from 'zapsign-mock/contracts'; console.log(JSON.stringify(openapi.info))",
      ),
    )
    expect(title).toBe('ZapSign JWT authentication')
  } finally {
    packed.link('@pact-foundation/pact')
  }
})

test('all entries share one core', () => {
  const shared = node(
    '--input-type=module',
    '-e',
    "import { createZapSign } from 'zapsign-mock'; import { createApp } from 'zapsign-mock/server'; createApp(createZapSign()); console.log('shared')",
  )
  expect(shared).toBe('shared\n')
})

test.each([
  ['node16', 'node16'],
  ['esnext', 'bundler'],
])(
  'a TypeScript user with module %s and resolution %s is checked against it',
  (module, resolution) => {
    writeFileSync(within('user.ts'), TYPESCRIPT_USER)
    expect(typeCheck(packed.folder, ['user.ts'], { module, resolution })).toBe('')
  },
  180_000,
)

test('a package without "type": "module" gets types that match those of msw', () => {
  mkdirSync(within('commonjs'))
  writeFileSync(within('commonjs/package.json'), '{"private": true}')
  copyFileSync('test/compat/files/user.ts', within('commonjs/user.ts'))
  const options = { module: 'nodenext', resolution: 'nodenext' }
  expect(typeCheck(packed.folder, ['commonjs/user.ts'], options)).toBe('')
}, 180_000)

test('its command runs', () => {
  const bin = join('node_modules', '.bin', 'zapsign-mock')
  const printed = packed.run(bin, ['token', '--seed', '1', '--now', '2026-01-01'])
  expect(Object.keys(JSON.parse(printed))).toEqual(['refresh', 'access'])
})
