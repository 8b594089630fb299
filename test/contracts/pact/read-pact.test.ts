import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PactFileError } from '../../../contracts/errors.js'
import { toCompactJson } from '../../../contracts/pact/json-text.js'
import { readPactFile } from '../../../contracts/pact/read-pact.js'
import { V2 } from '../provider/support.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-read-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

test.each<[string, unknown, string]>([
  ['invalid JSON', '{"password": "hidden-value"', 'is not a pact: it is not valid JSON'],
  ['too many levels', '['.repeat(200_000), 'is not a pact: it is nested too deeply'],
  ['a list', [], 'is not a pact: it is not an object'],
  ['no consumer', {}, 'is not a pact: it names no consumer'],
  ['no provider', { consumer: { name: 'x' } }, 'is not a pact: it names no provider'],
  ['no interactions', { ...V2, interactions: 1 }, 'is not a pact: it has no interactions'],
  [
    'messages',
    { ...V2, interactions: undefined, messages: [] },
    'is not a pact: it is about messages, not about HTTP',
  ],
  [
    'an interaction without a description',
    { ...V2, interactions: [{}] },
    'is not a pact: interaction 1 has no description',
  ],
  [
    'an interaction without a request',
    { ...V2, interactions: [{ description: 'x' }] },
    'is not a pact: interaction 1 has no HTTP request and response',
  ],
  ...[
    [{ method: 7 }, {}, 'an invalid method'],
    [{ method: 'GET /' }, {}, 'an invalid method'],
    [{ path: ['/'] }, {}, 'an invalid path'],
    [{ path: 'api/v1/docs/' }, {}, 'an invalid path'],
    [{}, { status: '200' }, 'an invalid status'],
    [{}, { status: 2000 }, 'an invalid status'],
    [{ headers: ['a'] }, {}, 'invalid headers'],
    [{ headers: { a: 1 } }, {}, 'invalid headers'],
    [{}, { headers: { a: ['b', {}] } }, 'invalid headers'],
  ].map(([request, response, fault]): [string, unknown, string] => [
    `an interaction with ${JSON.stringify([request, response])}`,
    {
      ...V2,
      interactions: [
        V2.interactions[0],
        {
          description: 'x',
          request: { method: 'GET', path: '/', ...Object(request) },
          response: { status: 200, ...Object(response) },
        },
      ],
    },
    `is not a pact: interaction 2 has ${fault}`,
  ]),
])('a file with %s is refused in one line that names it', (_, content, message) => {
  const file = write('bad.json', content)
  expect(() => readPactFile(file)).toThrow(new PactFileError(`${file} ${message}`))
})

test('a pact file that is larger than 20 MB is not read', () => {
  const file = write('large.json', '')
  truncateSync(file, 20_000_001)
  expect(() => readPactFile(file)).toThrow(
    new PactFileError(`${file} cannot be read: it is larger than 20 MB`),
  )
})

test.each(['/dev/zero', tmpdir()])('%s is not a file to read', (file) => {
  expect(() => readPactFile(file)).toThrow(
    new PactFileError(`${file} cannot be read: it is not a file`),
  )
})

test('numbers keep their spelling, which JavaScript would change', () => {
  const body = '{"b":1.0,"a":12345678901234567890,"c":1e2}'
  const text = JSON.stringify(V2).replace('{"username":"nobody","password":"x"}', body)
  const { content } = readPactFile(write('numbers.json', text)).interactions[1] ?? {}
  expect(toCompactJson(content)).toContain(`"body":${body}`)
})
