import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DOCUMENTED_HOSTS, isDocumentedHost } from '../../../server/intercept/hosts.js'

test('the documented hosts are those of production, sandbox and Brazil', () => {
  expect(DOCUMENTED_HOSTS).toEqual([
    'api.zapsign.com.br',
    'sandbox.api.zapsign.com.br',
    'br.api.zapsign.com.br',
  ])
})

/** A documented host as somebody may write it. */
const spellings = fc
  .tuple(fc.constantFrom(...DOCUMENTED_HOSTS), fc.array(fc.boolean()), fc.nat({ max: 3 }))
  .map(([host, upper, dots]) => {
    const letters = [...host].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter))
    return letters.join('') + '.'.repeat(dots)
  })

test('a documented host is recognized in any case and with final dots', () => {
  fc.assert(fc.property(spellings, (spelling) => isDocumentedHost(spelling)))
})

test('full-width letters and dots are the same name', () => {
  expect(isDocumentedHost('ａpi。zapsign.com.br')).toBe(true)
})

test.each([
  'zapsign.com.br',
  'api.zapsign.com',
  'api.zapsign.com.br.evil.example',
  'xapi.zapsign.com.br',
  '',
])('%j is another host', (host) => {
  expect(isDocumentedHost(host)).toBe(false)
})
