import { expect, test } from 'vitest'
import { referencePact } from '../../../contracts/provider/check-interactions.js'
import { memoryTarget } from '../../../contracts/provider/memory-target.js'
import { createVerificationProxy } from '../../../contracts/provider/verification-proxy.js'
import { createZapSign } from '../../../src/index.js'

test.each<[string, Record<string, string>]>([
  ['no interaction', {}],
  ['an empty index', { 'x-zapsign-mock-interaction': '' }],
  ['an unknown interaction', { 'x-zapsign-mock-interaction': '999' }],
  ['two interactions', { 'x-zapsign-mock-interaction': '0, 1' }],
])('a request of %s is not sent to the provider', async (_, headers) => {
  const zapsign = createZapSign({ warnings: false })
  const proxy = createVerificationProxy(memoryTarget(zapsign), referencePact().interactions)
  const request = { method: 'GET', path: '/api/v1/docs/', query: '', headers, body: '' }
  await expect(proxy.forward(request)).rejects.toThrow('the request belongs to no interaction')
  expect([zapsign.journal.entries.length, proxy.seen.size]).toEqual([0, 0])
})

test('a state that cannot be set up fails its own interaction only', async () => {
  const zapsign = createZapSign({ warnings: false, organizations: [{ id: '77' }] })
  const proxy = createVerificationProxy(memoryTarget(zapsign), referencePact().interactions)
  const params = { 'zapsign-mock-state': '0/0', organizationId: '11111' }
  await proxy.answerState({ body: JSON.stringify({ action: 'setup', params }) })
  const send = (index: string) => {
    const headers = { 'x-zapsign-mock-interaction': index }
    return proxy.forward({ method: 'GET', path: '/api/v1/docs/', query: '', headers, body: '' })
  }
  await expect(send('0')).rejects.toThrow('the provider state could not be set up')
  expect([401, 403]).toContain((await send('5')).status)
  expect(proxy.seen.get(0)?.failure).toMatch(
    /^the state "the user can sign in" could not be set up: /,
  )
  expect(proxy.seen.get(5)).toEqual({ before: [], faults: [], warnings: [] })
})
