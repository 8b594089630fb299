import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createZapSign } from '../../src/index.js'
import { createSecretIndex } from '../../src/secret-index.js'
import { createRedact } from '../../src/secrets.js'
import { call, signIn } from '../support.js'

const JWT = 'eyJ0eXAi.eyJ1c2VyIjox.c2lnbmF0dXJl'

test.each([
  ['/api/v1/docs/', '/api/v1/docs/'],
  [`/api/v1/docs/${JWT}/`, '/api/v1/docs/(withheld)/'],
  [`/api/v1/docs/x${JWT}`, '/api/v1/docs/x(withheld)'],
  ['/api/v1/docs/eyJ0eXAi%2EeyJ1c2VyIjox/', '/api/v1/docs/(withheld)/'],
  ['/eyJhbGciOiJIUzI1NiJ9.e30.x/', '/(withheld)/'],
  ['/an-api-token/x', '/(withheld)/x'],
  ['/%61n-api-token/%', '/(withheld)/%'],
  ['/%2561n-api-token/', '/(withheld)/'],
  ['/AN-Api-token', '/(withheld)'],
  ['/prefix-an-api-token-suffix', '/prefix-(withheld)-suffix'],
  ['/with/slash+and%2Bplus/x', '/(withheld)/x'],
  ['/api/v1/auth/token/StrongPassword123/', '/api/v1/auth/token/(withheld)/'],
  ['/api/v1/auth/token/strongpassword123', '/api/v1/auth/token/(withheld)'],
  ['/api/v1/auth/token/%53trong%50assword123/', '/api/v1/auth/token/(withheld)/'],
  ['/ana:StrongPassword123', '/ana:(withheld)'],
  ['http://ana:other-secret@zapsign.example/api/', 'http://(withheld)@zapsign.example/api/'],
  ['/abc/', '/(withheld)/'],
  ['/ana:ABC', '/ana:(withheld)'],
  ['/abcd/xabc/', '/abcd/xabc/'],
  ['/%C3%A7/%zz/a%2Fb', '/%C3%A7/%zz/a%2Fb'],
  ['ana@example.com', 'ana@example.com'],
  ['eyJulia.x@example.com', 'eyJulia.x@example.com'],
  [JWT, '(withheld)'],
])('the journal keeps %s as %s', (text, kept) => {
  const redact = createRedact(['an-api-token', 'with/slash+and+plus', ''])
  expect(redact(text, createSecretIndex(['StrongPassword123', 'abc']))).toBe(kept)
})

test.each([
  ['/@     ', '/x//@     /y', '/x/(withheld)/y'],
  ['/part-eyJ0eXAi', `/x/part-${JWT}/y`, '/x(withheld)/y'],
])('where the secret %s and another overlap, both are withheld', (secret, text, kept) => {
  expect(createRedact([])(text, createSecretIndex([secret]))).toBe(kept)
  expect(createRedact([secret])(text)).toBe(kept)
})

test('a secret in any encoding or letter case stays out of the journal', () => {
  const secret = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 20 })
  const encode = (text: string, times: number): string =>
    times === 0 ? text : encode(encodeURIComponent(text), times - 1)
  fc.assert(
    fc.property(secret, fc.nat(3), fc.boolean(), (password, times, isUpper) => {
      fc.pre(!'(withheld)'.includes(password.toLowerCase()))
      const text = `/x/${encode(isUpper ? password.toUpperCase() : password, times)}/y`
      const kept = createRedact([])(text, createSecretIndex([password])).toLowerCase()
      expect(kept.replaceAll('(withheld)', '')).not.toContain(password.toLowerCase())
      expect(kept).not.toBe(text.toLowerCase())
    }),
  )
})

test.each(['eyJ', 'eyJ.', '//', '%25', '%', 'a', 'a/'])(
  'a text of a million characters %s is redacted at once',
  (part) => {
    const redact = createRedact(['an-api-token'])
    const started = performance.now()
    redact(part.repeat(1_000_000 / part.length), createSecretIndex(['StrongPassword123']))
    expect(performance.now() - started).toBeLessThan(500)
  },
)

test('very long names, paths and methods are cut in the journal', async () => {
  const zapsign = createZapSign()
  await signIn(zapsign, { username: 'u'.repeat(1_000_000) })
  await zapsign.reply({
    method: 'M'.repeat(1000),
    path: `/${'p'.repeat(9999)}`,
    query: '',
    headers: new Headers(),
    body: new Uint8Array(),
  })
  const [login, other] = zapsign.journal.entries
  expect([login?.username, other?.path, other?.method]).toEqual([
    `${'u'.repeat(254)}… (1000000 characters)`,
    `/${'p'.repeat(253)}… (10000 characters)`,
    `${'M'.repeat(254)}… (1000 characters)`,
  ])
})

test('the journal holds no token or password that was sent in place of another value', async () => {
  const zapsign = createZapSign({ users: [{ username: 'ana', password: 'secret-a' }] })
  const { access } = await zapsign.issueTokenPair()
  await signIn(zapsign, { username: access, password: 'x' })
  await signIn(zapsign, { username: 'secret-a', password: 'x' })
  await signIn(zapsign, { username: 'hunter2', password: 'hunter2' })
  await call(zapsign, undefined, `https://api.zapsign.com.br/api/v1/docs/${access}/`)
  await signIn(zapsign, {}, 'https://api.zapsign.com.br/api/v1/auth/token/Secret-A/')
  zapsign.users.add({ username: 'bob', password: 'later-secret' })
  await signIn(zapsign, {}, 'https://api.zapsign.com.br/api/v1/auth/token/later-secret/')
  expect(zapsign.journal.entries.map(({ username, path }) => [path, username])).toEqual([
    ['/api/v1/auth/token/11111/', '(withheld)'],
    ['/api/v1/auth/token/11111/', undefined],
    ['/api/v1/auth/token/11111/', undefined],
    ['/api/v1/docs/(withheld)/', undefined],
    ['/api/v1/auth/token/(withheld)/', 'dev@example.com.br'],
    ['/api/v1/auth/token/(withheld)/', 'dev@example.com.br'],
  ])
})
