import { expect, test } from 'vitest'
import { createZapSign } from '../../../src/index.js'
import { CREDENTIALS, call, DOCS, read, USERS } from '../../support.js'

const bearer = async (zapsign: ReturnType<typeof createZapSign>, organization?: string) =>
  `Bearer ${(await zapsign.issueTokenPair(undefined, { organization })).access}`

const HEADERS = {
  'content-type': 'application/json',
  allow: 'GET, POST, HEAD, OPTIONS',
  'x-zapsign-mock': 'documented',
}

test('the list of documents is an empty page', async () => {
  const zapsign = createZapSign()
  expect(await read(await call(zapsign, await bearer(zapsign), `${DOCS}?page=1`))).toEqual({
    status: 200,
    headers: HEADERS,
    body: { count: 0, next: null, previous: null, results: [] },
  })
})

test('the list of users is a page of the documented shape', async () => {
  const zapsign = createZapSign({
    users: [{ ...CREDENTIALS, firstName: 'Ana', lastName: 'Souza' }],
  })
  expect(await read(await call(zapsign, await bearer(zapsign), USERS))).toEqual({
    status: 200,
    headers: { ...HEADERS, allow: 'GET, HEAD, OPTIONS' },
    body: {
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          first_name: 'Ana',
          last_name: 'Souza',
          email: CREDENTIALS.username,
          email_verified: true,
          user_group: { name: 'owner' },
        },
      ],
    },
  })
})

test('only users of the caller’s organization are listed', async () => {
  const zapsign = createZapSign({
    users: [CREDENTIALS, { username: 'b', password: 'b', organizations: ['2'] }],
  })
  const count = async (organization: string) => {
    const { body } = await read(await call(zapsign, await bearer(zapsign, organization), USERS))
    return (body as { count: number }).count
  }
  expect([await count('1'), await count('2')]).toEqual([1, 2])
})

const HTTP_USERS = USERS.replace('https:', 'http:')

test('there are 25 users on a page, with http links to the others, as documented', async () => {
  const users = Array.from({ length: 30 }, (_, index) => ({ username: `u${index}`, password: 'p' }))
  const zapsign = createZapSign({ users })
  const { body } = await read(await call(zapsign, await bearer(zapsign), `${USERS}?page=2`))
  expect(body).toMatchObject({
    count: 30,
    next: null,
    previous: HTTP_USERS,
    results: { length: 5 },
  })
})

test('there is no page beyond the last', async () => {
  const zapsign = createZapSign()
  expect(await read(await call(zapsign, await bearer(zapsign), `${DOCS}?page=2`))).toEqual({
    status: 404,
    headers: { ...HEADERS, 'x-zapsign-mock': 'inferred' },
    body: { detail: 'Invalid page.' },
  })
})

test('HEAD is answered like GET, without a body', async () => {
  const zapsign = createZapSign()
  const authorization = await bearer(zapsign)
  expect(await read(await call(zapsign, authorization, DOCS, { method: 'HEAD' }))).toEqual({
    status: 200,
    headers: { ...HEADERS, 'x-zapsign-mock': 'inferred' },
    body: '',
  })
})

test('on a host that is not ZapSign’s, links have the scheme of the caller', async () => {
  const users = Array.from({ length: 30 }, (_, index) => ({ username: `u${index}`, password: 'p' }))
  const zapsign = createZapSign({ users })
  const url = 'https://localhost:9277/api/v1/users/'
  const { body } = await read(await call(zapsign, await bearer(zapsign), `${url}?page=2`))
  expect((body as { previous: string }).previous).toBe(url)
})

test('http at ZapSign’s hosts is redirected to https', async () => {
  const zapsign = createZapSign()
  const init: RequestInit = { redirect: 'manual' }
  const response = await read(await call(zapsign, undefined, `${HTTP_USERS}?page=2`, init))
  expect(response).toEqual({
    status: 301,
    headers: {
      'content-type': 'text/html',
      location: `${USERS}?page=2`,
      'x-zapsign-mock': 'observed',
    },
    body: '',
  })
})
