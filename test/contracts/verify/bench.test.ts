import { expect, test } from 'vitest'
import { createBench } from '../../../contracts/verify/bench.js'
import { providerInMemory } from '../../../contracts/verify/provider.js'
import { referencePact } from '../../../contracts/verify/verify.js'
import { createZapSign } from '../../../src/index.js'

test.each<[string, Record<string, string>]>([
  ['no interaction', {}],
  ['an empty one', { 'x-zapsign-mock-interaction': '' }],
  ['one that there is not', { 'x-zapsign-mock-interaction': '7' }],
  ['two at once', { 'x-zapsign-mock-interaction': '0, 1' }],
])('a request of %s is not carried to the provider', async (_, headers) => {
  const zapsign = createZapSign({ warnings: false })
  const bench = createBench(providerInMemory(zapsign), referencePact().interactions)
  const request = { method: 'GET', path: '/api/v1/docs/', query: '', headers, body: '' }
  await expect(bench.carry(request)).rejects.toThrow('the request belongs to no interaction')
  expect([zapsign.journal.entries.length, bench.seen.size]).toEqual([0, 0])
})
