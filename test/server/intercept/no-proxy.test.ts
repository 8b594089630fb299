import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DOCUMENTED_HOSTS } from '../../../server/intercept/hosts.js'
import { reduceNoProxy } from '../../../server/intercept/no-proxy.js'

test.each([
  '*',
  'api.zapsign.com.br',
  'API.ZapSign.com.br.',
  '.zapsign.com.br',
  '*.zapsign.com.br',
  'zapsign.com.br:443',
  '.br',
  'sign.com.br',
])('the entry %s covers a documented host and is removed', (entry) => {
  expect(reduceNoProxy(`a.example,${entry} b.example`)).toEqual({
    value: 'a.example,b.example,127.0.0.1,localhost,::1',
    removed: [entry],
  })
})

test('other entries stay as they are', () => {
  const entries = '10.0.0.0/8,.corp.example,zapsign.com,app.zapsign.com.br,[::1]'
  expect(reduceNoProxy(entries)).toEqual({
    value: `${entries},127.0.0.1,localhost,::1`,
    removed: [],
  })
})

test('no remaining entry is a suffix of a documented host', () => {
  const part = fc.constantFrom('api', 'sandbox', 'br', 'com', 'zapsign', '*', '', 'x')
  const entry = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const left = reduceNoProxy(entries.join(',')).value.split(',')
      const endings = left.map((one) => one.replace(/^[*.]+/, '').replace(/\.+$/, ''))
      return DOCUMENTED_HOSTS.every((host) => !endings.some((ending) => host.endsWith(ending)))
    }),
  )
})
