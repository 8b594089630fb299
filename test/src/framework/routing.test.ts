import { expect, test } from 'vitest'
import { createRouter, encodeQuery } from '../../../src/framework/routing.js'

const TOKEN = { path: '/token/{organization_id}/' }
const DOCS = { path: '/docs/' }
const find = createRouter([TOKEN, DOCS])

test.each([
  ['/token/11111/', '11111'],
  ['/token/a%20b/', 'a b'],
  ['/token/caf%C3%A9/', 'café'],
  ['/token/%FF/', '%FF'],
  ['/token/__proto__/', '__proto__'],
  ['/token/%2e%2e/', '..'],
  ['/%74oken/1/', '1'],
])('%j matches, with the parameter %j', (path, organization) => {
  expect(find(path)).toEqual({
    kind: 'found',
    endpoint: TOKEN,
    params: { organization_id: organization },
  })
})

test.each([
  '/',
  '',
  '*',
  '/token/',
  '/token//',
  '/token',
  '/token/1/2/',
  '/token/1%2F2/',
  '/tokens/1/',
  '//docs/',
  '/docs/x',
  '/DOCS/',
])('%j matches no endpoint', (path) => {
  expect(find(path)).toEqual({ kind: 'unknown' })
})

test.each([
  ['/docs', '/docs/'],
  ['/token/11111', '/token/11111/'],
  ['/token/a%20b', '/token/a%20b/'],
  ['/token/%C3%A9%3B', '/token/%C3%A9%3B/'],
  ['/token/%41', '/token/A/'],
])('%j lacks the final slash: the redirect leads to %j', (path, location) => {
  expect(find(path)).toEqual({ kind: 'slashMissing', location })
})

test('the query of a redirect keeps the characters that a URL may contain', () => {
  expect(encodeQuery('a=1&b=%20é"')).toBe('a=1&b=%20%C3%A9%22')
})
