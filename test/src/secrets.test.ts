import { expect, test } from 'vitest'
import { createZapSign } from '../../src/index.js'
import { createWithhold } from '../../src/secrets.js'
import { call, signIn } from '../support.js'

test.each([
  ['/api/v1/docs/', '/api/v1/docs/'],
  ['/api/v1/docs/eyJ0eXAi.eyJ1c2VyIjox.c2lnbmF0dXJl/', '/api/v1/docs/(withheld)/'],
  ['/api/v1/docs/eyJ0eXAi%2EeyJ1c2VyIjox/', '/api/v1/docs/(withheld)/'],
  ['/an-api-token/x', '/(withheld)/x'],
  ['/%61n-api-token/%', '/(withheld)/%'],
  ['ana@example.com', 'ana@example.com'],
  ['eyJulia.x@example.com', 'eyJulia.x@example.com'],
  ['eyJ0eXAi.eyJ1c2VyIjox.c2lnbmF0dXJl', '(withheld)'],
])('%s is kept as %s', (text, kept) => {
  expect(createWithhold(['an-api-token'])(text)).toBe(kept)
})

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

test('the journal holds no token or password that stands where another value belongs', async () => {
  const zapsign = createZapSign({ users: [{ username: 'ana', password: 'secret-a' }] })
  const { access } = await zapsign.issueTokenPair()
  await signIn(zapsign, { username: access, password: 'x' })
  await signIn(zapsign, { username: 'secret-a', password: 'x' })
  await signIn(zapsign, { username: 'hunter2', password: 'hunter2' })
  await call(zapsign, undefined, `https://api.zapsign.com.br/api/v1/docs/${access}/`)
  expect(zapsign.journal.entries.map(({ username, path }) => [path, username])).toEqual([
    ['/api/v1/auth/token/11111/', '(withheld)'],
    ['/api/v1/auth/token/11111/', undefined],
    ['/api/v1/auth/token/11111/', undefined],
    ['/api/v1/docs/(withheld)/', undefined],
  ])
})
