import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mockServer } from '../../../contracts/consumer/mock-server.js'
import { checkClient, type PromiseName, promises } from '../../../contracts/index.js'
import { loadPact } from '../../../contracts/pact/load-pact.js'
import { toPact, writePact } from '../../../contracts/pact/write-pact.js'
import { LITERALS, PROMISE_NAMES } from '../../../contracts/promises.js'
import { REFERENCE } from '../../../contracts/provider/check-interactions.js'
import { createClient } from '../client.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pacts-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('the published reference pact matches the promises', async () => {
  // Review a change, then accept it with `npm test -- -u`.
  await expect(writePact(REFERENCE, PROMISE_NAMES)).toMatchFileSnapshot(
    '../../../contracts/reference-pact.json',
  )
})

/** The pact that Pact itself writes for the promises. */
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

/** Interactions in the order of their descriptions, without what only our writer adds. */
function comparable(pact: object): object[] {
  const { interactions } = structuredClone(pact) as { interactions: Interaction[] }
  for (const { request, response } of interactions) {
    // Pact's builder cannot write a generator that leaves the literal to be matched.
    delete request['generators']
    // Pact's builder cannot write the other statuses that a promise allows.
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

test('a pact equals the one that Pact would write, except for its metadata', async () => {
  const theirs = await pactOfPact(PROMISE_NAMES)
  const ours = toPact('recorded', PROMISE_NAMES)
  expect(comparable(ours)).toEqual(comparable(theirs))
  expect(ours).toMatchObject({ consumer: theirs['consumer'], provider: theirs['provider'] })
  expect(theirs['metadata']).toMatchObject({ pactSpecification: { version: '4.0' } })
})

test('strings in a pact are the literals and the words of the promises', () => {
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

test('no key could have made the signatures of the tokens in a pact', () => {
  const { accessToken, expiredAccessToken, refreshToken, expiredRefreshToken } = LITERALS
  for (const token of [accessToken, expiredAccessToken, refreshToken, expiredRefreshToken]) {
    expect(token.split('.')[2]).toBe('not-a-signature-only-the-shape-of-one-000000')
  }
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
