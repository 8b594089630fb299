import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { configure } from '../../server/cli/configuration/configuration.js'
import { ARRIVAL_OUTCOMES, OUTCOME_NAMES } from '../../src/outcomes.js'

const schema = JSON.parse(readFileSync('server/config-schema.json', 'utf8'))

const accepts = new Ajv2020({ strictTypes: false }).compile(schema)

function isConfiguration(content: unknown): boolean {
  try {
    configure({ flags: {}, environment: {}, file: { name: 'a.json', content } })
    return true
  } catch {
    return false
  }
}

/** The keys that a message of the command lists for the option at a path. */
function keysAt(path: string): string[] {
  const content = path
    .split('.')
    .filter(Boolean)
    .reduceRight<unknown>((inner, key) => (key === '[]' ? [inner] : { [key]: inner }), {
      unknown: 1,
    })
  try {
    configure({ flags: {}, environment: {}, file: { name: 'a.json', content } })
  } catch (error) {
    const [, keys = ''] = /the keys (.*)$/.exec((error as Error).message) ?? []
    return keys.split(', ').sort()
  }
  throw new Error(`The command accepts an unknown key at ${path}`)
}

const { properties: all, $defs } = schema

test.each([
  ['', all],
  ['users.[]', $defs.user.properties],
  ['organizations.[]', all.organizations.items.properties],
  ['loginLimit', all.loginLimit.oneOf[1]?.properties],
  ['tls', all.tls.oneOf[1]?.properties],
  ['control', all.control.oneOf[1]?.properties],
  ['routes.[]', $defs.route.properties],
])('the schema has the keys of the command at "%s"', (path, properties) => {
  expect(Object.keys(properties ?? {}).sort()).toEqual(keysAt(path))
})

test('the schema has every outcome', () => {
  const advice = 'change `outcomes` and `faultRate` in server/config-schema.json'
  expect(
    OUTCOME_NAMES.filter((name) => !accepts({ outcomes: [name] })),
    advice,
  ).toEqual([])
  expect(Object.keys(all.faultRate.properties).sort(), advice).toEqual([...ARRIVAL_OUTCOMES].sort())
})

const ANA = { username: 'ana', password: 'a' }

test.each([
  {},
  { $schema: './node_modules/zapsign-mock/dist/server/config-schema.json', port: 0 },
  {
    users: [{ ...ANA, id: 1, active: false, organizations: [1, 'a'] }],
    organizations: [{ id: 1 }, { id: 'a' }],
  },
  { accessLifetime: '30s', refreshLifetime: '1.5d', latency: '250ms', loginLimit: false },
  {
    loginLimit: {
      attempts: 1,
      window: '1h',
      count: 'all',
      key: 'username',
      clearedBySuccess: false,
    },
  },
  { latency: '100ms-400ms' },
  { store: 'redis://user:pass%40word@127.0.0.1:6379/1', storePrefix: 'team:', workers: 4 },
  { store: 'valkey://cache' },
  { store: 'rediss://cache/' },
  { now: '2026-01-31', seed: 1, language: 'pt-br', unauthorizedStatus: 403, log: 'json' },
  {
    now: '2026-01-31T12:00:00Z',
    apiTokens: ['a'],
    claims: { iat: 1 },
    cors: true,
    tls: true,
    trustProxy: true,
  },
  { now: 1_700_000_000_000, control: { token: '12345678', hosts: ['a.internal'] }, journalSize: 0 },
  { routes: [{ method: 'GET', path: '/api/v1/docs/{token}/', body: { a: 1 } }, './routes.js'] },
])('the schema and the command accept %j', (content) => {
  expect([accepts(content), accepts.errors, isConfiguration(content)]).toEqual([true, null, true])
})

test.each<unknown>([
  [],
  null,
  { prot: 1 },
  { $schema: 1 },
  { port: 70_000 },
  { port: '1' },
  { host: '' },
  { users: [] },
  { users: [{ username: 'ana' }] },
  { users: [{ ...ANA, user: 'x' }] },
  { users: [{ ...ANA, username: ' ana' }] },
  { users: [{ ...ANA, id: 0 }] },
  { organizations: [{ id: 'a/b' }] },
  { accessLifetime: 90 },
  { latency: '90' },
  { loginLimit: true },
  { loginLimit: { attempts: 0 } },
  { now: '2026-01-31T12:00:00' },
  { language: 'fr' },
  { unauthorizedStatus: 400 },
  { claims: { exp: 1 } },
  { apiTokens: ['a b'] },
  { cors: 'yes' },
  { trustProxy: 'loopback' },
  { store: 'http://127.0.0.1' },
  { store: 'redis://' },
  { store: 'redis://127.0.0.1/name' },
  { storePrefix: '' },
  { workers: 0 },
  { tls: { cret: 'x' } },
  { control: { token: 'a b' } },
  { log: 'loud' },
  { routes: [{ path: '/x/' }] },
])('the schema and the command refuse %j', (content) => {
  expect([accepts(content), isConfiguration(content)]).toEqual([false, false])
})
