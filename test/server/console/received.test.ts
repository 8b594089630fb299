import { expect, test } from 'vitest'
import { createReceivedLog } from '../../../server/console/received.js'

const asIs = (text: string) => text

const incoming = (body: string) => ({
  query: '',
  rawHeaders: ['Host', 'localhost', 'authorization', 'Bearer abc'],
  body: new TextEncoder().encode(body),
})

test('a received request is kept under the id of its journal entry, without secrets', () => {
  const log = createReceivedLog()
  log.keep(7, incoming('{"password":"s3cret!"}'))
  expect(log.find(7, asIs)).toEqual({
    query: '',
    headers: [
      ['Host', 'localhost'],
      ['authorization', 'Bearer $ZAPSIGN_ACCESS_TOKEN'],
    ],
    body: '{"password":"$ZAPSIGN_PASSWORD"}',
    bodySize: 22,
  })
  expect(log.find(8, asIs)).toBeUndefined()
})

test('only the start of a large body is kept', () => {
  const log = createReceivedLog()
  log.keep(1, incoming('a'.repeat(100_000)))
  const { body, bodySize } = log.find(1, asIs) ?? {}
  expect([body?.length, bodySize]).toEqual([4096, 100_000])
})

test('the newest 500 requests are kept', () => {
  const log = createReceivedLog()
  for (let id = 1; id <= 501; id += 1) log.keep(id, incoming(''))
  expect([log.find(1, asIs), log.find(2, asIs)?.bodySize]).toEqual([undefined, 0])
})
