import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mockServer } from '../../../contracts/consumer/mock-server.js'
import { checkClient, type PromiseName, promises } from '../../../contracts/index.js'
import { loadPact } from '../../../contracts/pact/load-pact.js'
import { savePact, toPact, writePact } from '../../../contracts/pact/write-pact.js'
import { LITERALS, PROMISE_NAMES } from '../../../contracts/promises.js'
import { REFERENCE } from '../../../contracts/provider/check-interactions.js'
import { createClient } from '../client.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pacts-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('the reference pact that is published is the one that follows from the promises', async () => {
  // A change is reviewed, and then taken with `npm test -- -u`.
  await expect(writePact(REFERENCE, PROMISE_NAMES)).toMatchFileSnapshot(
    '../../../contracts/reference-pact.json',
  )
})

/** The pact that Pact itself writes for a client that keeps promises. */
async function pactOfPact(names: readonly PromiseName[]): Promise<Record<string, unknown>> {
  await mockServer(
    loadPact(),
    names,
    dir,
  )(async ({ url }) => {
    for (const name of names) {
      const { method, path, ...rest } = promises[name].request
      const query = 'query' in rest ? `?${new URLSearchParams(rest.query)}` : ''
      const hasBody = 'body' in rest
      await fetch(url + path + query, {
        method,
        headers: hasBody ? { 'content-type': 'application/json' } : rest.headers,
        ...(hasBody && { body: JSON.stringify(rest.body) }),
      })
    }
  })
  return JSON.parse(readFileSync(join(dir, 'recorded-ZapSign.json'), 'utf8'))
}

/** Interactions in the order of their descriptions, without what only our writer says. */
function comparable(pact: object): object[] {
  const { interactions } = structuredClone(pact) as { interactions: Interaction[] }
  for (const { request, response } of interactions) {
    // Nor for values of a provider state that leave the literal to be matched.
    delete request['generators']
    // Pact's own interface has no word for the other statuses that a promise allows.
    delete response.matchingRules?.['status']
    if (Object.keys(response.matchingRules ?? {}).length === 0) delete response.matchingRules
  }
  return interactions.sort((one, other) => one.description.localeCompare(other.description))
}

interface Interaction {
  description: string
  request: Record<string, unknown>
  response: { matchingRules?: Record<string, unknown> }
}

test('a pact is what Pact itself would write, but for its metadata', async () => {
  const theirs = await pactOfPact(PROMISE_NAMES)
  const ours = toPact('recorded', PROMISE_NAMES)
  expect(comparable(ours)).toEqual(comparable(theirs))
  expect(ours).toMatchObject({ consumer: theirs['consumer'], provider: theirs['provider'] })
  expect(theirs['metadata']).toMatchObject({ pactSpecification: { version: '4.0' } })
})

test('strings in a pact are the listed literals and the words of the promises', () => {
  const written = stringsOf(toPact(REFERENCE, PROMISE_NAMES))
  const secretive = written.filter((text) => /password|eyJ|@/i.test(text.replace(/\$\{\w+\}/g, '')))
  const known: string[] = Object.values(LITERALS)
  const withoutKnown = secretive.map((text) =>
    known.reduce((rest, literal) => rest.replaceAll(literal, ''), text),
  )
  expect([...new Set(withoutKnown)].sort()).toEqual([
    '',
    'Bearer ',
    'a login with a wrong password',
  ])
})

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

test('tokens in a pact have no signature that any key could have made', () => {
  const { accessToken, expiredAccessToken, refreshToken, expiredRefreshToken } = LITERALS
  for (const token of [accessToken, expiredAccessToken, refreshToken, expiredRefreshToken]) {
    expect(token.split('.')[2]).toBe('not-a-signature-only-the-shape-of-one-000000')
  }
})

test('a pact that is saved again replaces the one before', () => {
  const first = savePact({
    dir: join(dir, 'deep/er'),
    consumer: 'a b',
    promises: [{ name: 'authenticated' }, { name: 'expired' }],
  })
  const second = savePact({
    dir: join(dir, 'deep/er'),
    consumer: 'a b',
    promises: [{ name: 'authenticated' }],
  })
  expect(second).toBe(first)
  expect(second).toBe(join(dir, 'deep/er', 'a b-ZapSign.json'))
  expect(readFileSync(second, 'utf8')).toBe(writePact('a b', ['authenticated']))
})

/** An interaction that is no promise, as another test of the same consumer has it. */
const other = (description: string) => ({ description, type: 'Synchronous/HTTP', request: {} })

const pactOfOthers = (change: object) => ({
  ...toPact('billing', ['expired', 'rateLimited']),
  ...change,
})

test('interactions that are no promises stay in the file, before ours', async () => {
  const [expired] = toPact('billing', ['expired']).interactions
  const theirs = [other('b'), other('a')]
  const file = join(dir, 'billing-ZapSign.json')
  const metadata = { pactSpecification: { version: '4.0' }, plugins: [{ name: 'csv' }] }
  const before = pactOfOthers({ interactions: [theirs[0], expired, theirs[1]], metadata })
  writeFileSync(file, JSON.stringify(before))
  const save = () => {
    savePact({ dir, consumer: 'billing', promises: [{ name: 'authenticated' }] })
    return readFileSync(file, 'utf8')
  }
  const first = save()
  expect(JSON.parse(first)).toEqual({
    ...toPact('billing', []),
    interactions: [...theirs, ...toPact('billing', ['authenticated']).interactions],
    metadata,
  })
  expect(save()).toBe(first)
})

test('an interaction that only has the words of a promise stays, too', () => {
  const [expired] = toPact('billing', ['expired']).interactions
  const theirs = { ...expired, providerStates: [{ name: 'a state of theirs' }] }
  const file = join(dir, 'billing-ZapSign.json')
  writeFileSync(file, JSON.stringify(pactOfOthers({ interactions: [theirs, expired] })))
  savePact({ dir, consumer: 'billing', promises: [{ name: 'authenticated' }] })
  expect(JSON.parse(readFileSync(file, 'utf8')).interactions).toEqual([
    theirs,
    ...toPact('billing', ['authenticated']).interactions,
  ])
})

test.each<[string, unknown, string]>([
  ['no JSON', undefined, 'no pact'],
  ['no object', [], 'no pact'],
  ['no list', pactOfOthers({ interactions: {} }), 'no pact'],
  ['another consumer', pactOfOthers({ consumer: { name: 'x' } }), 'a pact of others'],
  ['another provider', pactOfOthers({ provider: null }), 'a pact of others'],
  [
    'specification 3',
    pactOfOthers({
      interactions: [other('a')],
      metadata: { pactSpecification: { version: '3.0.0' } },
    }),
    'a pact of specification 3.0.0, with interactions in it',
  ],
])('a file with %s is not overwritten', (_, content, why) => {
  const file = join(dir, 'billing-ZapSign.json')
  const text = JSON.stringify(content) ?? '{'
  writeFileSync(file, text)
  expect(() => savePact({ dir, consumer: 'billing', promises: [{ name: 'expired' }] })).toThrow(
    `${file} is ${why}: move it away first`,
  )
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('two clients checked at once get a pact each, of their own promises', async () => {
  const { obtainToken, refresh } = createClient()
  const reports = await Promise.all([
    checkClient({ obtainToken }, { consumer: 'one', dir }),
    checkClient({ obtainToken, ...(refresh && { refresh }) }, { consumer: 'two', dir }),
  ])
  const counts = reports.map(({ pactFile = '' }) => {
    const { interactions } = JSON.parse(readFileSync(pactFile, 'utf8'))
    return interactions.length
  })
  expect(counts).toEqual([3, 5])
})
