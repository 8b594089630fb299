import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecretIndex } from '../../src/secret-index.js'
import { mask } from './mask.js'

test('the longest secret at a place is replaced, in any letter case', () => {
  const index = createSecretIndex(['secret', 'secret-of-ana', 'another'])
  expect(mask(index, 'x SECRET-of-Ana, secrets and Another')).toBe('x *, *s and *')
})

test('a short secret is replaced only where it is a whole value', () => {
  const index = createSecretIndex(['ana', 'İx'])
  expect(mask(index, '/ana/banana/ANA?a=İX')).toBe('/*/banana/*?a=*')
})

test('find compares the whole text and its letter case', () => {
  const index = createSecretIndex(['Secret'])
  expect([index.find('Secret'), index.find('secret'), index.find('Secrets')]).toEqual([
    'Secret',
    undefined,
    undefined,
  ])
})

test('a secret that was added twice has to be removed twice', () => {
  const index = createSecretIndex(['secret-1', 'secret-1', 'abc'])
  index.remove('secret-1')
  index.remove('never added')
  expect([index.find('secret-1'), mask(index, 'secret-1 abc')]).toEqual(['secret-1', '* *'])
  index.remove('secret-1')
  index.remove('abc')
  expect([index.find('secret-1'), mask(index, 'secret-1 abc')]).toEqual([undefined, 'secret-1 abc'])
})

test('it finds what a search for each secret finds', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'İ', 'ß', '/'), maxLength: 9 })
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'İ', 'ß', '/', '?'), maxLength: 40 }),
      (secrets, text) => {
        const units = (some: string) =>
          some.replace(/[\s\S]/g, (unit) => (unit === 'İ' ? unit : unit.toLowerCase()))
        const isFound = secrets.some((secret) =>
          secret.length >= 6
            ? units(text).includes(units(secret))
            : secret !== '' && text.split(/[/?]/).some((value) => units(value) === units(secret)),
        )
        expect(mask(createSecretIndex(secrets), text) !== text).toBe(isFound)
      },
    ),
    { numRuns: 5000 },
  )
})
