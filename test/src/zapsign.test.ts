import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assertZapSign } from '../../src/assert-zapsign.js'
import { type ApiRequest, createZapSign, type ZapSignOptions } from '../../src/index.js'
import {
  CREDENTIALS,
  call,
  DOCS,
  failToSignIn,
  OBTAIN,
  payloadOf,
  post,
  REFRESH,
  read,
  signIn,
} from '../support.js'

const REQUEST: ApiRequest = {
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  query: '',
  headers: new Headers({ 'content-type': 'application/json' }),
  body: new TextEncoder().encode(JSON.stringify(CREDENTIALS)),
}

test('reply answers plain data with plain data', async () => {
  const zapsign = createZapSign({ seed: 1, now: 0 })
  const pair = await createZapSign({ seed: 1, now: 0 }).issueTokenPair()
  expect(await zapsign.reply(REQUEST)).toEqual({
    status: 200,
    headers: {
      'content-type': 'application/json',
      allow: 'POST, OPTIONS',
      'x-zapsign-mock': 'documented',
    },
    body: JSON.stringify(pair),
  })
})

test('fetch can be called as the global one is', async () => {
  const body = JSON.stringify(CREDENTIALS)
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const { fetch } = createZapSign()
  const responses = [
    await fetch(OBTAIN, init),
    await fetch(new URL(OBTAIN), init),
    await fetch(new Request(OBTAIN, init)),
  ]
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('as a client, fetch follows redirects as init.redirect says', async () => {
  const { fetch, journal } = createZapSign()
  const url = OBTAIN.slice(0, -1)
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CREDENTIALS),
  }
  const followed = await fetch(url, init)
  expect([followed.status, followed.url, followed.redirected]).toEqual([405, OBTAIN, true])
  const manual = await fetch(url, { ...init, redirect: 'manual' })
  expect([manual.status, manual.url, manual.redirected]).toEqual([301, url, false])
  await expect(fetch(url, { ...init, redirect: 'error' })).rejects.toThrow(TypeError)
  expect(journal.entries.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 301',
    'GET 405',
    'POST 301',
    'POST 301',
  ])
})

test('as a server, fetch ignores further arguments and answers with the redirect', async () => {
  const { fetch } = createZapSign()
  const server = { method: 'PATCH', body: 'x' }
  const request = new Request(OBTAIN.slice(0, -1), { method: 'POST', body: '{}' })
  expect((await fetch(request, server)).status).toBe(301)
})

test('a path without its final slash is redirected, whatever the method, with its query', async () => {
  const zapsign = createZapSign()
  for (const method of ['POST', 'GET', 'DELETE']) {
    const reply = await zapsign.reply({
      ...REQUEST,
      method,
      path: '/api/v1/auth/token/11111',
      query: 'a=1',
    })
    expect(reply).toEqual({
      status: 301,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        location: '/api/v1/auth/token/11111/?a=1',
        'x-zapsign-mock': 'inferred',
      },
      body: '',
    })
  }
})

test('a redirect and the links of a page start with the mount path', async () => {
  const users = Array.from({ length: 26 }, (_, index) => ({ username: `u${index}`, password: 'p' }))
  const zapsign = createZapSign({ users, apiTokens: ['t'] })
  const baseUrl = 'http://localhost:3000/zap'
  const redirect = await zapsign.reply({ ...REQUEST, path: '/api/v1/docs', baseUrl })
  const page = await zapsign.reply({
    ...REQUEST,
    method: 'GET',
    path: '/api/v1/users/',
    headers: new Headers({ authorization: 'Bearer t' }),
    baseUrl,
  })
  expect(redirect.headers['location']).toBe('/zap/api/v1/docs/')
  expect(JSON.parse(page.body).next).toBe('http://localhost:3000/zap/api/v1/users/?page=2')
})

test('any other path is the provider’s HTML 404, without authentication', async () => {
  expect(
    await read(await createZapSign().fetch('https://api.zapsign.com.br/api/v1/auth/token-verify/')),
  ).toEqual({
    status: 404,
    headers: { 'content-type': 'text/html', 'x-zapsign-mock': 'inferred' },
    body: expect.stringContaining('<h1>Not Found</h1>'),
  })
})

test.each(['text/html', 'application/xml'])('Accept: %s gets 406', async (accept) => {
  const { status, body } = await read(await createZapSign().fetch(OBTAIN, { headers: { accept } }))
  expect([status, body]).toEqual([406, { detail: 'Could not satisfy the request Accept header.' }])
})

test('?format= is a filter for renderers: only json is one', async () => {
  const zapsign = createZapSign()
  const refused = await read(await zapsign.fetch(`${OBTAIN}?format=xml`))
  expect([refused.status, refused.body]).toEqual([404, { detail: 'Not found.' }])
  expect((await zapsign.fetch(`${OBTAIN}?format=json`)).status).toBe(405)
})

test('the JSON is indented on request', async () => {
  const response = await createZapSign().fetch(OBTAIN, {
    headers: { accept: 'application/json; indent=2' },
  })
  expect(await response.text()).toBe('{\n  "detail": "Method \\"GET\\" not allowed."\n}')
})

test('a query of more than a thousand fields is a bad request', async () => {
  expect((await createZapSign().fetch(`${DOCS}?${'a&'.repeat(1000)}`)).status).toBe(400)
})

test('a body over 10 MB is refused, by its length or its Content-Length', async () => {
  const zapsign = createZapSign()
  const large = await zapsign.reply({ ...REQUEST, body: new Uint8Array(5 * 1024 * 1024 + 1) })
  const announced = await zapsign.reply({
    ...REQUEST,
    headers: new Headers({ 'content-length': '99999999' }),
  })
  expect(
    [large, announced].map(({ status, headers }) => [status, headers['x-zapsign-mock']]),
  ).toEqual([
    [413, 'configured'],
    [413, 'configured'],
  ])
})

test('bodies of 0 bytes, of 5 MB and of broken JSON get replies', async () => {
  const zapsign = createZapSign()
  const bodies = ['', 'x'.repeat(5_000_000), '{"a":', '[[['].map((text) =>
    new TextEncoder().encode(text),
  )
  const statuses = await Promise.all(
    bodies.map(async (body) => (await zapsign.reply({ ...REQUEST, body })).status),
  )
  expect(statuses).toEqual([400, 400, 400, 400])
})

test.each([
  ['pt-br', 'Este campo é obrigatório.', 'Método "GET" não é permitido.'],
  ['es', 'Este campo es requerido.', 'Método "GET" no permitido.'],
] as const)('in %s validation messages are translated', async (language, required, notAllowed) => {
  const zapsign = createZapSign({ language })
  const empty = await read(await zapsign.fetch(OBTAIN, { method: 'POST' }))
  const get = await read(await zapsign.fetch(OBTAIN))
  expect([empty.body, get.body]).toEqual([
    { username: [required], password: [required] },
    { detail: notAllowed },
  ])
})

test('when a function among the options throws, the reply does not have its message', async () => {
  const zapsign = createZapSign({
    claims: () => {
      throw new RangeError('hidden-value')
    },
  })
  const { status, headers, body } = await read(await signIn(zapsign))
  expect([status, headers['x-zapsign-mock'], body]).toEqual([
    500,
    'configured',
    'zapsign-mock failed: a RangeError was thrown. If claims or now is a function, look there first\n',
  ])
  await expect(zapsign.issueTokenPair()).rejects.toThrow('hidden-value')
})

test.each<[ZapSignOptions, string]>([
  [{ claims: () => ({ exp: 1 }) }, 'claims() may add claims, but not replace exp'],
  [{ claims: (async () => ({ a: 1 })) as never }, 'claims() must return an object of claims'],
  [
    { now: () => Number.NaN },
    'now() must return a Date, an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds, got NaN',
  ],
])('the reply names the mistake of a function among the options: %o', async (options, why) => {
  const zapsign = createZapSign(options)
  const { status, body } = await read(await signIn(zapsign))
  expect([status, body]).toEqual([500, `zapsign-mock failed: ${why}\n`])
  expect(zapsign.journal.count('failed')).toBe(1)
})

test('a clock at its end still gives a reply', async () => {
  const zapsign = createZapSign()
  zapsign.time.set(new Date(8.64e15))
  expect((await signIn(zapsign)).status).toBe(200)
})

test.each<[string, object]>([
  ['method', { method: undefined }],
  ['query', { query: undefined }],
  ['headers', { headers: { 'content-type': 'application/json' } }],
  ['body', { body: 'text' }],
])('reply refuses a request with a wrong %s', async (name, wrong) => {
  await expect(createZapSign().reply({ ...REQUEST, ...wrong } as never)).rejects.toThrow(
    new RegExp(`^reply\\(\\) takes \\{ method, path, query, headers, body \\}: ${name} must be `),
  )
})

test('fetch accepts requests of other classes, such as undici’s', async () => {
  const { url, method, headers } = new Request(OBTAIN, { method: 'POST' })
  const other = {
    url,
    method,
    headers,
    signal: new AbortController().signal,
    arrayBuffer: async () => new TextEncoder().encode('{}').buffer,
  }
  expect((await createZapSign().fetch(other as never)).status).toBe(415)
})

test('fetch rejects as soon as its signal has aborted', async () => {
  const zapsign = createZapSign()
  await expect(zapsign.fetch(OBTAIN, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/)
  expect(zapsign.journal.entries).toEqual([])
})

test('only documented exchanges are marked documented', async () => {
  const zapsign = createZapSign()
  const { refresh } = await zapsign.issueTokenPair()
  const form = new URLSearchParams(CREDENTIALS)
  const source = async (response: Promise<Response>) =>
    (await response).headers.get('x-zapsign-mock')
  expect(
    await Promise.all([
      source(signIn(zapsign)),
      source(signIn(zapsign, { password: 'wrong' })),
      source(post(zapsign, REFRESH, { refresh })),
      source(post(zapsign, REFRESH, { refresh: 'x' })),
    ]),
  ).toEqual(Array(4).fill('documented'))
  expect(
    await Promise.all([
      source(zapsign.fetch(OBTAIN, { method: 'POST', body: form })),
      source(signIn(zapsign, { username: ` ${CREDENTIALS.username}` })),
      source(post(zapsign, OBTAIN, { ...CREDENTIALS, more: 1 })),
      source(post(zapsign, OBTAIN, { username: 'x', password: 5 })),
      source(
        post(zapsign, OBTAIN, CREDENTIALS, { headers: { accept: 'application/json; indent=2' } }),
      ),
      source(post(zapsign, REFRESH, { refresh: ` ${refresh}` })),
    ]),
  ).toEqual(Array(6).fill('inferred'))
})

test('every call is journaled', async () => {
  const zapsign = createZapSign({ now: 0 })
  await signIn(zapsign)
  await call(zapsign, 'Bearer x.y.z')
  await zapsign.fetch('https://api.zapsign.com.br/')
  const entry = { time: '1970-01-01T00:00:00.000Z', duration: expect.any(Number) }
  expect(zapsign.journal.entries).toEqual([
    {
      ...entry,
      id: 1,
      method: 'POST',
      path: '/api/v1/auth/token/11111/',
      status: 200,
      outcome: 'authenticated',
      source: 'documented',
      username: CREDENTIALS.username,
    },
    {
      ...entry,
      id: 2,
      method: 'GET',
      path: '/api/v1/docs/',
      status: 401,
      outcome: 'tokenNotValid',
      source: 'inferred',
    },
    {
      ...entry,
      id: 3,
      method: 'GET',
      path: '/',
      status: 404,
      outcome: 'notFound',
      source: 'inferred',
    },
  ])
})

test('issueTokenPair issues tokens for the first or the named user without a request', async () => {
  const zapsign = createZapSign({
    users: [CREDENTIALS, { username: 'ana', password: 'a', organizations: ['7', '8'] }],
  })
  const first = payloadOf((await zapsign.issueTokenPair()).access)
  const named = payloadOf((await zapsign.issueTokenPair('ana')).access)
  const elsewhere = payloadOf((await zapsign.issueTokenPair('ana', { organization: '8' })).access)
  expect(
    [first, named, elsewhere].map((claims) => [claims['user_id'], claims['company_id']]),
  ).toEqual([
    [1, 11111],
    [2, 7],
    [2, 8],
  ])
  expect(zapsign.journal.entries).toEqual([])
})

test('issueTokenPair refuses an unknown user and names the known ones', async () => {
  await expect(createZapSign().issueTokenPair('ana')).rejects.toThrow(
    new RangeError('There is no user "ana". Users: dev@example.com.br'),
  )
})

test.each<[object, string]>([
  [
    { organisation: '7' },
    'organisation is not known: options must be an object with the keys organization, accessLifetime, refreshLifetime',
  ],
  [{ organization: '9' }, 'ana cannot sign in to organization "9"'],
  [
    { organization: 'a/b' },
    'organization must be an organization id such as "11111": a segment of a path, without white space, got "a/b"',
  ],
])('issueTokenPair refuses %j', async (options, message) => {
  const users = [{ username: 'ana', password: 'a', organizations: ['7', '8'] }]
  const zapsign = createZapSign({ users, organizations: [{ id: 7 }, { id: 8 }] })
  await expect(zapsign.issueTokenPair('ana', options as never)).rejects.toThrow(message)
})

test('users can be added, changed, found and removed', async () => {
  const zapsign = createZapSign()
  const ana = zapsign.users.add({ username: 'ana', password: 'a', organizations: [7] })
  expect(ana).toEqual({ id: 2, username: 'ana', password: 'a', active: true, organizations: ['7'] })
  const login = (password: string) =>
    signIn(zapsign, { username: 'ana', password }, OBTAIN.replace('11111', '7'))
  const { access } = await (await login('a')).json()
  expect(payloadOf(access)).toMatchObject({ user_id: 2, company_id: 7 })
  expect((await call(zapsign, `Bearer ${access}`)).status).toBe(200)

  zapsign.users.update('ana', { password: 'b' })
  expect([(await login('a')).status, (await login('b')).status]).toEqual([401, 200])
  zapsign.users.update('ana', { username: 'bia' })
  expect([zapsign.users.find('ana'), zapsign.users.find('bia')?.id]).toEqual([undefined, 2])
  expect([...zapsign.users].map(({ username }) => username)).toEqual([CREDENTIALS.username, 'bia'])

  zapsign.users.remove('bia')
  expect([zapsign.users.length, (await call(zapsign, `Bearer ${access}`)).status]).toEqual([1, 401])
})

test('the id of a removed user is not given to another one', () => {
  const { users } = createZapSign()
  users.add({ username: 'ana', password: 'a' })
  users.remove('ana')
  expect(users.add({ username: 'bia', password: 'b' }).id).toBe(3)
})

const USER_KEYS = 'id, username, password, active, organizations, firstName, lastName'

test.each<[unknown, TypeError | RangeError]>([
  [
    { username: 'ana', password: 'a', user: 'typo' },
    new TypeError(`user.user is not known: user must be an object with the keys ${USER_KEYS}`),
  ],
  [
    { username: 'ana' },
    new TypeError(`user.password is missing: user must be an object with the keys ${USER_KEYS}`),
  ],
  [
    { username: ' ana ', password: 'a' },
    new RangeError(
      'user.username must be a string that is not empty, has no white space at its ends, no NUL and no lone surrogate, got " ana "',
    ),
  ],
  [
    { username: CREDENTIALS.username, password: 'a' },
    new RangeError('user.username must be different for every user, got "dev@example.com.br"'),
  ],
  [
    { id: 1, username: 'ana', password: 'a' },
    new RangeError('user.id must be different for every user, got 1'),
  ],
  [
    { username: 'ana', password: 'a', organizations: ['9'] },
    new RangeError('user.organizations[0] must be one of the organizations (7), got "9"'),
  ],
])('users.add refuses %j', (user, error) => {
  const zapsign = createZapSign({ organizations: [{ id: 7 }] })
  expect(() => zapsign.users.add(user as never)).toThrow(error)
  expect(zapsign.users).toHaveLength(1)
})

test('users.update refuses wrong changes and another user’s name', () => {
  const { users } = createZapSign()
  users.add({ username: 'ana', password: 'a' })
  expect(() => users.update('ana', { id: 5 } as never)).toThrow(/^user\.id is not known: /)
  expect(() => users.update('ana', { username: CREDENTIALS.username })).toThrow(
    new RangeError('user.username must be different for every user, got "dev@example.com.br"'),
  )
  expect(() => users.update('bia', {})).toThrow(
    new RangeError('There is no user "bia". Users: dev@example.com.br, ana'),
  )
  expect(() => users.remove('bia')).toThrow('There is no user "bia".')
})

test('an error about a user never shows the password', () => {
  const { users } = createZapSign()
  const password = ' hidden-value'
  expect(() => users.add({ username: 'ana', password })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hidden-value') }),
  )
})

test('a user of the list cannot be changed in place', () => {
  const [user] = createZapSign({ users: [{ ...CREDENTIALS, organizations: ['1'] }] }).users
  expect(() => Object.assign(user as object, { active: false })).toThrow(TypeError)
  expect(() => Object.assign(user?.organizations as object, ['2'])).toThrow(TypeError)
})

test('both tokens of a login are issued at one instant, whatever the clock does meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10_000 }), async (step) => {
      let time = 0
      const zapsign = createZapSign({ now: () => (time += step) })
      const { access, refresh } = await (await signIn(zapsign)).json()
      expect(Number(payloadOf(refresh)['exp']) - Number(payloadOf(access)['exp'])).toBe(82_800)
    }),
    { numRuns: 50 },
  )
})

test('the clock is read once for each request', async () => {
  let reads = 0
  const zapsign = createZapSign({ now: () => (reads += 1) })
  const { access, refresh } = await zapsign.issueTokenPair()
  const requests = [
    () => signIn(zapsign),
    () => signIn(zapsign, { password: 'wrong' }),
    () => post(zapsign, REFRESH, { refresh }),
    () => call(zapsign, `Bearer ${access}`),
    () => zapsign.fetch('https://api.zapsign.com.br/'),
  ]
  for (const request of requests) {
    reads = 0
    await request()
    expect(reads).toBe(1)
  }
})

test('issueTokenPair takes lifetimes, negative ones for tokens that have expired', async () => {
  const zapsign = createZapSign({ now: 0 })
  const { access, refresh } = await zapsign.issueTokenPair(undefined, {
    accessLifetime: '-1s',
    refreshLifetime: '2s',
  })
  expect([payloadOf(access)['exp'], payloadOf(refresh)['exp']]).toEqual([-1, 2])
  expect((await call(zapsign, `Bearer ${access}`)).status).toBe(401)
})

test('a list in place of the users is refused', () => {
  const zapsign = createZapSign()
  expect(() => Object.assign(zapsign, { users: [] })).toThrow(TypeError)
})

test('reset brings everything back to what it was at creation', async () => {
  const zapsign = createZapSign({ seed: 1, now: 0 })
  const first = await zapsign.issueTokenPair()
  await failToSignIn(zapsign, 5)
  zapsign.outcomes.next('serverError')
  zapsign.time.advance('1h')
  zapsign.users.remove(CREDENTIALS.username)
  zapsign.reset()
  expect(zapsign.journal.entries).toEqual([])
  expect(zapsign.time.now()).toEqual(new Date(0))
  expect(await zapsign.issueTokenPair()).toEqual(first)
  expect((await signIn(zapsign)).status).toBe(200)
})

test('two providers share no state', async () => {
  const [one, other] = [createZapSign(), createZapSign()]
  await failToSignIn(one, 5)
  one.outcomes.next('serverError')
  one.time.advance('2h')
  one.users.remove(CREDENTIALS.username)
  expect((await signIn(other)).status).toBe(200)
  expect(other.journal.entries).toHaveLength(1)
})

test('guard accepts the callers that the provider accepts, and journals the response', async () => {
  const zapsign = createZapSign()
  const { access } = await zapsign.issueTokenPair()
  const request = new Request('https://app.example.com/mine', {
    headers: { authorization: `Bearer ${access}` },
  })
  const response = await zapsign.guard(request, ({ user, organization }) =>
    Response.json({ user: user?.username, organization }, { status: 201 }),
  )
  expect(await response.json()).toEqual({
    user: CREDENTIALS.username,
    organization: { id: '11111' },
  })
  expect(zapsign.journal.entries).toMatchObject([
    { path: '/mine', status: 201, outcome: 'authorized' },
  ])
})

test('guard refuses as the provider does', async () => {
  const zapsign = createZapSign()
  const response = await zapsign.guard(new Request('https://app.example.com/mine'), () => {
    throw new Error('nobody may come here')
  })
  expect(await read(response)).toEqual({
    status: 403,
    headers: { 'content-type': 'application/json', 'x-zapsign-mock': 'inferred' },
    body: { detail: 'Authentication credentials were not provided.' },
  })
  expect(zapsign.journal.count({ outcome: 'notAuthenticated' })).toBe(1)
})

test('guard journals errors of a handler, and not requests that it leaves to others', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  const request = () => new Request('https://app.example.com/?api_token=t')
  const thrown = new Response(null, { status: 409 })
  await expect(zapsign.guard(request(), () => Promise.reject(thrown))).rejects.toBe(thrown)
  await expect(zapsign.guard(request(), () => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(await zapsign.guard(request(), () => undefined)).toBeUndefined()
  expect(zapsign.journal.entries.map(({ status }) => status)).toEqual([409, 500])
})

test('guard refuses a query that the provider would refuse', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  const request = new Request(`https://app.example.com/?${'a&'.repeat(1000)}api_token=t`)
  expect((await zapsign.guard(request, () => new Response())).status).toBe(400)
})

test('a forced outcome breaks what is guarded too', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  zapsign.outcomes.next('serviceUnavailable')
  const request = new Request('https://app.example.com/?api_token=t')
  expect((await zapsign.guard(request, () => new Response())).status).toBe(503)
})

test.each<[unknown, string]>([
  [{ users: [] }, ', got an object: pass createZapSign(options), not the options'],
  ['x', ', got "x"'],
  [null, ', got null'],
  [{ [Symbol.for('zapsign-mock')]: '0.0.1' }, ', got one from version 0.0.1'],
])('a value that is not a provider of this version is refused: %j', (value, ending) => {
  expect(() => assertZapSign(value, 'createApp')).toThrow(
    expect.objectContaining({
      name: 'TypeError',
      message: expect.stringMatching(
        /^createApp takes what createZapSign\(\) of zapsign-mock \d+\.\d+\.\d+ returns, got /,
      ),
    }),
  )
  expect(() => assertZapSign(value, 'createApp')).toThrow(ending)
})

test('options of every kind can be frozen', () => {
  const options: ZapSignOptions = Object.freeze({
    users: Object.freeze([Object.freeze({ ...CREDENTIALS })]),
  })
  expect(createZapSign(options).users).toHaveLength(1)
})
