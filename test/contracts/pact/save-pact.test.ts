import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseJsonText, toJsonText } from '../../../contracts/pact/json-text.js'
import {
  checkPactPlace,
  findStalePact,
  removePromises,
  savePact,
} from '../../../contracts/pact/save-pact.js'
import { toPact, writePact } from '../../../contracts/pact/write-pact.js'
import { PROMISE_NAMES, type PromiseName } from '../../../contracts/promises.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pacts-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const FILE = 'billing-ZapSign.json'
const fileText = () => readFileSync(join(dir, FILE), 'utf8')
const put = (content: unknown) =>
  writeFileSync(join(dir, FILE), typeof content === 'string' ? content : JSON.stringify(content))
const save = (names: readonly PromiseName[], replaces = false) =>
  savePact({
    dir,
    consumer: 'billing',
    promises: names.map((name) => ({ name })),
    replaces,
  })

test('a pact is saved in a new folder, and its name is returned', () => {
  const place = { dir: join(dir, 'deep/er'), consumer: 'a b' }
  const file = savePact({ ...place, promises: [{ name: 'authenticated' }] })
  expect(file).toBe(join(dir, 'deep/er', 'a b-ZapSign.json'))
  expect(readFileSync(file, 'utf8')).toBe(writePact('a b', ['authenticated']))
})

test('runs that keep different promises add up to the same bytes in any order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.subarray(PROMISE_NAMES, { minLength: 1 }), { minLength: 1, maxLength: 4 }),
      (runs) => {
        rmSync(join(dir, FILE), { force: true })
        for (const names of runs) save(names)
        const all = PROMISE_NAMES.filter((name) => runs.flat().includes(name))
        expect(fileText()).toBe(writePact('billing', all))
      },
    ),
    { numRuns: 30 },
  )
})

test('a promise of an earlier run stays as it was, and one that is kept again is replaced', () => {
  const [expired, limited] = toPact('billing', ['expired', 'rateLimited']).interactions
  const [olderExpired, olderLimited] = [
    { ...expired, comments: { a: 1 } },
    { ...limited, comments: { a: 2 } },
  ]
  put({ ...toPact('billing', []), interactions: [olderExpired, olderLimited] })
  save(['rateLimited'])
  expect(JSON.parse(fileText()).interactions).toEqual([limited, olderExpired])
})

test('a run that asks for everything leaves only what it kept', () => {
  put(toPact('billing', ['expired', 'rateLimited']))
  save(['authenticated'], true)
  expect(fileText()).toBe(writePact('billing', ['authenticated']))
})

const ROUNDS = 25

/** Saves one promise in many pacts, one after the other. All processes begin together. */
const SAVE = `
import { savePact } from ${JSON.stringify(join(process.cwd(), 'contracts/pact/save-pact.ts'))}
const [dir, name] = process.argv.slice(2)
process.send('ready')
process.once('message', () => {
  for (let round = 0; round < ${ROUNDS}; round += 1)
    savePact({ dir, consumer: 'billing ' + round, promises: [{ name }] })
  process.disconnect()
})
`

test('processes that save at the same time lose nothing, and leave nothing else behind', async () => {
  const script = join(dir, 'save.ts')
  writeFileSync(script, SAVE)
  const pacts = join(dir, 'pacts')
  const execArgv = ['--import', import.meta.resolve('tsx')]
  const children = PROMISE_NAMES.map((name) => fork(script, [pacts, name], { execArgv }))
  await Promise.all(children.map((child) => once(child, 'message')))
  for (const child of children) child.send('go')
  const ends = await Promise.all(children.map((child) => once(child, 'exit')))
  expect(ends.map(([code]) => code)).toEqual(PROMISE_NAMES.map(() => 0))
  expect(readdirSync(pacts)).toHaveLength(ROUNDS)
  for (let round = 0; round < ROUNDS; round += 1) {
    const consumer = `billing ${round}`
    const text = readFileSync(join(pacts, `${consumer}-ZapSign.json`), 'utf8')
    expect(text).toBe(writePact(consumer, PROMISE_NAMES))
  }
})

test('the lock of a process that was killed is removed after a while', () => {
  mkdirSync(join(dir, `${FILE}.lock`))
  save(['expired'])
  expect(readdirSync(dir)).toEqual([FILE])
})

/** An interaction that is not a promise, as another test of the same consumer writes it. */
const other = (description: string) => ({ description, type: 'Synchronous/HTTP', request: {} })

const pactOfOthers = (change: object) => ({
  ...toPact('billing', ['expired', 'rateLimited']),
  ...change,
})

test('interactions that are not promises stay in the file, before the promises', () => {
  const [expired] = toPact('billing', ['expired']).interactions
  const theirs = [other('b'), other('a')]
  const metadata = { pactSpecification: { version: '4.0' }, plugins: [{ name: 'csv' }] }
  put(pactOfOthers({ interactions: [theirs[0], expired, theirs[1]], metadata }))
  save(['authenticated'])
  const first = fileText()
  expect(JSON.parse(first)).toEqual({
    ...toPact('billing', []),
    interactions: [...theirs, ...toPact('billing', ['authenticated', 'expired']).interactions],
    metadata,
  })
  save(['authenticated'])
  expect(fileText()).toBe(first)
})

test('an interaction with the description of a promise and another state stays, too', () => {
  const [expired] = toPact('billing', ['expired']).interactions
  const theirs = { ...expired, providerStates: [{ name: 'a state of theirs' }] }
  put(pactOfOthers({ interactions: [theirs, expired] }))
  save(['authenticated'], true)
  expect(JSON.parse(fileText()).interactions).toEqual([
    theirs,
    ...toPact('billing', ['authenticated']).interactions,
  ])
})

test('numbers of other interactions keep their spelling', () => {
  const numbers = '[1.0,1e2,12345678901234567890,-0,"1.0",5]'
  const text = JSON.stringify(pactOfOthers({ interactions: [{ ...other('a'), body: 'HERE' }] }))
  put(text.replace('"HERE"', numbers))
  save(['expired'])
  save(['expired'])
  expect(fileText().replace(/\s/g, '')).toContain(`"body":${numbers}`)
})

test('JSON keeps its numbers and strings, whatever they are', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(toJsonText(parseJsonText(text))).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)
    }),
  )
})

const OLD_REQUEST = {
  method: 'GET',
  path: '/a',
  headers: { Accept: 'text/plain' },
  body: { b: 1 },
}

test.each<[string, object, object, object]>([
  [
    '2.0.0',
    { providerState: 'it is there' },
    {
      query: 'q=1&q=2&r=%20',
      matchingRules: {
        '$.body.b': { match: 'type' },
        "$.headers['X-Id']": { regex: '\\d+' },
        '$.header.Accept[0]': { match: 'regex', regex: 'text/.+' },
        '$.path': { match: 'regex', regex: '/.' },
        '$.query.q': { min: 1 },
      },
    },
    {
      query: { q: ['1', '2'], r: [' '] },
      matchingRules: {
        body: { '$.b': { combine: 'AND', matchers: [{ match: 'type' }] } },
        header: {
          'X-Id': { combine: 'AND', matchers: [{ match: 'regex', regex: '\\d+' }] },
          Accept: { combine: 'AND', matchers: [{ match: 'regex', regex: 'text/.+' }] },
        },
        path: { combine: 'AND', matchers: [{ match: 'regex', regex: '/.' }] },
        query: { q: { combine: 'AND', matchers: [{ match: 'type', min: 1 }] } },
      },
    },
  ],
  [
    '3.0.0',
    { providerStates: [{ name: 'it is there' }] },
    {
      query: { q: ['1'] },
      matchingRules: { body: { '$.b': { combine: 'OR', matchers: [{ match: 'integer' }] } } },
      generators: { body: { '$.b': { type: 'RandomInt' } } },
    },
    {
      query: { q: ['1'] },
      matchingRules: { body: { '$.b': { combine: 'OR', matchers: [{ match: 'integer' }] } } },
      generators: { body: { '$.b': { type: 'RandomInt' } } },
    },
  ],
])('interactions of specification %s are written in 4.0', (version, states, request, written) => {
  const response = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'yes' }
  const theirs = {
    description: 'theirs',
    ...states,
    request: { ...OLD_REQUEST, ...request },
    response,
  }
  put(pactOfOthers({ interactions: [theirs], metadata: { pactSpecification: { version } } }))
  save(['expired'])
  const { interactions, metadata } = JSON.parse(fileText())
  expect(metadata).toEqual({ pactSpecification: { version: '4.0' } })
  expect(interactions[0]).toEqual({
    description: 'theirs',
    pending: false,
    providerStates: [{ name: 'it is there' }],
    request: {
      method: 'GET',
      path: '/a',
      headers: { Accept: ['text/plain'] },
      body: { content: { b: 1 }, contentType: 'application/json', encoded: false },
      ...written,
    },
    response: {
      status: 200,
      headers: { 'Content-Type': ['text/plain'] },
      body: { content: 'yes', contentType: 'text/plain', encoded: false },
    },
    type: 'Synchronous/HTTP',
  })
})

test.each<[string, unknown, string]>([
  ['text that is not JSON', '{', 'not a pact'],
  ['a list', [], 'not a pact'],
  ['no list of interactions', pactOfOthers({ interactions: {} }), 'not a pact'],
  [
    'another consumer',
    pactOfOthers({ consumer: { name: 'web' } }),
    'a pact between web and ZapSign, expected billing and ZapSign',
  ],
  [
    'another provider',
    pactOfOthers({ provider: null }),
    'a pact between billing and nobody, expected billing and ZapSign',
  ],
  [
    'messages',
    pactOfOthers({ messages: [{}] }),
    'a pact with messages of specification 3, which cannot be kept',
  ],
])('a file with %s is not overwritten', (_, content, what) => {
  put(content)
  const text = fileText()
  const message = `${join(dir, FILE)} is ${what}. Move or delete it.`
  expect(() => checkPactPlace({ dir, consumer: 'billing' })).toThrow(message)
  expect(() => save(['expired'])).toThrow(message)
  expect(fileText()).toBe(text)
})

test('a pact between other names that become the same file name is not overwritten', () => {
  savePact({ dir, consumer: '@acme/billing', promises: [{ name: 'expired' }] })
  expect(() => checkPactPlace({ dir, consumer: '@acme-billing' })).toThrow(
    'is a pact between @acme/billing and ZapSign, expected @acme-billing and ZapSign.',
  )
})

test('the place of a pact is checked without writing anything', () => {
  checkPactPlace({ dir: join(dir, 'new/folder'), consumer: 'billing' })
  expect(readdirSync(dir)).toEqual([])
  writeFileSync(join(dir, 'file'), '')
  const below = () => checkPactPlace({ dir: join(dir, 'file', 'x'), consumer: 'billing' })
  expect(below).toThrow(/billing-ZapSign\.json cannot be written: /)
  mkdirSync(join(dir, FILE))
  expect(() => checkPactPlace({ dir, consumer: 'billing' })).toThrow('is not a file.')
})

test('the target of a symbolic link is replaced, and the link stays', () => {
  writeFileSync(join(dir, 'target.json'), writePact('billing', ['expired']))
  symlinkSync('target.json', join(dir, FILE))
  save(['authenticated'])
  expect(readFileSync(join(dir, 'target.json'), 'utf8')).toBe(
    writePact('billing', ['authenticated', 'expired']),
  )
  expect(readdirSync(dir).sort()).toEqual([FILE, 'target.json'])
})

test('promises are removed, and the file with them when nothing else is in it', () => {
  const place = { dir, consumer: 'billing' }
  expect(findStalePact(place)).toBeUndefined()
  put(pactOfOthers({}))
  expect(findStalePact(place)).toBe(join(dir, FILE))
  removePromises(place)
  expect(readdirSync(dir)).toEqual([])
  put(pactOfOthers({ interactions: [other('a'), ...toPact('billing', ['expired']).interactions] }))
  removePromises(place)
  expect(JSON.parse(fileText()).interactions).toEqual([other('a')])
  expect(findStalePact(place)).toBeUndefined()
})
