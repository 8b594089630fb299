import { expect, test } from 'vitest'
import { referencePact } from '../../../contracts/provider/check-interactions.js'
import { providerInMemory } from '../../../contracts/provider/target.js'
import { createBench } from '../../../contracts/provider/verification-proxy.js'
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

test('what was in the way of one interaction is not in the way of the next', async () => {
  const zapsign = createZapSign({ warnings: false, organizations: [{ id: '77' }] })
  const bench = createBench(providerInMemory(zapsign), referencePact().interactions)
  const arrange = (action: string, state: string) =>
    bench.arrange({ body: JSON.stringify({ action, state, params: {} }) })
  await arrange('setup', 'the user can sign in')
  await arrange('teardown', 'the user can sign in')
  await arrange('setup', '')
  const headers = { 'x-zapsign-mock-interaction': '5' }
  const request = { method: 'GET', path: '/api/v1/docs/', query: '', headers, body: '' }
  expect((await bench.carry(request)).status).toBe(403)
  expect([...bench.seen]).toEqual([[5, { faults: [], isAnswered: true }]])
})
