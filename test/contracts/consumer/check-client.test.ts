import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  type Client,
  checkClient,
  type PromiseName,
  promises,
  testClient,
} from '../../../contracts/index.js'
import { LITERALS } from '../../../contracts/promises.js'
import { createClient, type Flaws, type Outgoing } from '../client.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zapsign-mock-pacts-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a correct client keeps every promise, and its pact is the same each time', async () => {
  const check = () => checkClient(createClient(), { consumer: 'billing', dir })
  const report = await check()
  expect(report).toEqual({
    consumer: 'billing',
    kept: true,
    promises: Object.keys(promises).map((name) => ({ name, result: 'kept', requests: 1 })),
    pactFile: join(dir, 'billing-ZapSign.json'),
  })
  const first = readFileSync(report.pactFile ?? '', 'utf8')
  await check()
  expect(readFileSync(report.pactFile ?? '', 'utf8')).toBe(first)
})

test('a client that can only sign in is asked only for the promises about logins', async () => {
  const { obtainToken } = createClient()
  const { kept, promises: results } = await checkClient(
    { obtainToken },
    { consumer: 'billing', dir },
  )
  expect([kept, results.map(({ name }) => name)]).toEqual([
    true,
    ['authenticated', 'invalidCredentials', 'rateLimited'],
  ])
})

test('the pact holds only what is listed in the promises', async () => {
  await checkClient(createClient(), { consumer: 'billing', dir })
  const pact = readFileSync(join(dir, 'billing-ZapSign.json'), 'utf8')
  const strings = [
    ...pact.matchAll(/"(?:password|username|refresh|access|Authorization)": \[?\s*"([^"]+)"/g),
  ]
  const known: string[] = Object.values(LITERALS)
  expect(strings.length).toBeGreaterThan(10)
  expect(
    strings
      .map(([, value = '']) => value.replace(/^Bearer /, ''))
      .filter((value) => !known.includes(value)),
  ).toEqual([])
})

const changeBody = (change: (body: Record<string, unknown>) => unknown) => (request: Outgoing) => ({
  ...request,
  ...(request.body && { body: JSON.stringify(change(JSON.parse(request.body))) }),
})
const changeUrl = (change: (url: string) => string) => (request: Outgoing) => ({
  ...request,
  url: change(request.url),
})
const changeHeaders = (headers: Record<string, string>) => (request: Outgoing) => ({
  ...request,
  headers,
})
const changeAuthorization =
  (change: (token: string) => Record<string, string>) => (request: Outgoing) => ({
    ...request,
    headers: change((request.headers['authorization'] ?? '').slice('Bearer '.length)),
  })
const onlyFor = (kind: string, send: NonNullable<Flaws['send']>): Flaws => ({
  send: (request, of) => (of === kind ? send(request, of) : request),
})

/** Sends a request again when the reply has this status. */
const retry = (status: number, times: number): Flaws => ({
  async transport(request, fetchIt) {
    let response = await fetchIt(request)
    for (let index = 0; index < times && response.status === status; index += 1)
      response = await fetchIt(request)
    return response
  },
})

/** Returns one token of a login in place of both. */
function reuse(name: 'access' | 'refresh'): Flaws {
  return {
    understand: (it) => ({
      ...it,
      ...(it['kind'] === 'authenticated' && { access: it[name], refresh: it[name] }),
    }),
  }
}

const FORM = 'application/x-www-form-urlencoded'

/** Broken clients, each with the promise that it breaks, the result and the message. */
const MUTANTS: [string, Flaws, PromiseName, 'broken' | 'neverExercised', string?][] = [
  [
    'no final slash',
    { send: changeUrl((url) => url.replace(/\/$/, '')) },
    'authenticated',
    'broken',
    'The path lacks the final slash.',
  ],
  [
    'a wrong path',
    { send: changeUrl((url) => url.replace('/token/', '/tokens/')) },
    'authenticated',
    'broken',
    'The path is not the specified /api/v1/auth/token/11111/.',
  ],
  [
    'another version',
    { send: changeUrl((url) => url.replace('/v1/', '/v2/')) },
    'invalidCredentials',
    'broken',
    'The path is not the specified',
  ],
  [
    'a slash too many',
    { send: changeUrl((url) => url.replace('/auth/', '//auth/')) },
    'authenticated',
    'broken',
    'The path has a slash too many.',
  ],
  [
    'an empty organization',
    { send: changeUrl((url) => url.replace('11111', '')) },
    'authenticated',
    'broken',
    'The organization id is empty.',
  ],
  [
    'no organization',
    { send: changeUrl((url) => url.replace('11111/', '')) },
    'rateLimited',
    'broken',
    'The organization id is empty.',
  ],
  [
    'a query',
    { send: changeUrl((url) => `${url}?format=json`) },
    'authenticated',
    'broken',
    'A query was sent, but the promise has no query.',
  ],
  [
    'GET',
    onlyFor('obtain', ({ body, ...request }) => ({
      ...request,
      method: 'GET',
      url: `${request.url}?${new URLSearchParams(JSON.parse(body ?? ''))}`,
    })),
    'authenticated',
    'broken',
    'GET was sent, expected POST.',
  ],
  [
    'PUT',
    { send: (request) => ({ ...request, method: 'PUT' }) },
    'authenticated',
    'broken',
    'PUT was sent, expected POST.',
  ],
  [
    'a form',
    {
      send: (request) => ({
        ...request,
        headers: { 'content-type': FORM },
        body: new URLSearchParams(JSON.parse(request.body ?? '{}')).toString(),
      }),
    },
    'authenticated',
    'broken',
    'The body was sent as a form, expected JSON.',
  ],
  [
    'JSON called a form',
    { send: changeHeaders({ 'content-type': FORM }) },
    'authenticated',
    'broken',
    'The body was sent as a form, expected JSON.',
  ],
  [
    'JSON called text',
    { send: changeHeaders({ 'content-type': 'text/plain' }) },
    'invalidCredentials',
    'broken',
    'The body was sent as text/plain, expected JSON.',
  ],
  [
    'no content type',
    {
      send: (request) => ({
        ...request,
        headers: {},
        body: new TextEncoder().encode(request.body) as never,
      }),
    },
    'authenticated',
    'broken',
    'No Content-Type was sent, expected application/json.',
  ],
  [
    'a missing field',
    { send: changeBody(({ username }) => ({ username })) },
    'authenticated',
    'broken',
    'The body lacks `password`.',
  ],
  [
    'user for username',
    { send: changeBody(({ username: user, password }) => ({ user, password })) },
    'authenticated',
    'broken',
    '`user` instead of `username`.',
  ],
  [
    'email for username',
    { send: changeBody(({ username: email, password }) => ({ email, password })) },
    'rateLimited',
    'broken',
    '`email` instead of `username`.',
  ],
  [
    'senha for password',
    { send: changeBody(({ username, password: senha }) => ({ username, senha })) },
    'invalidCredentials',
    'broken',
    '`senha` instead of `password`.',
  ],
  [
    'a wrapper',
    { send: changeBody((body) => ({ user: body })) },
    'authenticated',
    'broken',
    'The fields are wrapped in `user`.',
  ],
  [
    'a list',
    { send: changeBody((body) => [body]) },
    'authenticated',
    'broken',
    'The body is not an object.',
  ],
  [
    'JSON in JSON',
    { send: changeBody((body) => JSON.stringify(body)) },
    'authenticated',
    'broken',
    'The body is not an object.',
  ],
  [
    'the organization in the body',
    { send: changeBody((body) => ({ ...body, organization_id: 11111 })) },
    'authenticated',
    'broken',
    '`organization_id` was sent in the body: it belongs in the path.',
  ],
  [
    'an extra field',
    { send: changeBody((body) => ({ ...body, remember: true })) },
    'authenticated',
    'broken',
    'The body has `remember`, which is not specified.',
  ],
  [
    'swapped credentials',
    { send: changeBody(({ username, password }) => ({ username: password, password: username })) },
    'authenticated',
    'broken',
    'The user name and the password are swapped.',
  ],
  [
    'a hashed password',
    { send: changeBody(({ username }) => ({ username, password: '5f4dcc3b' })) },
    'authenticated',
    'broken',
    '`password` is not the value that was given.',
  ],
  [
    'a password that is not a string',
    { send: changeBody(({ username }) => ({ username, password: 5 })) },
    'authenticated',
    'broken',
    '`password` is a number, expected a string.',
  ],
  [
    'the access token of the wrong field',
    reuse('refresh'),
    'authenticated',
    'broken',
    "`access` is not the `access` of the reply. It returned the reply's `refresh` as `access`.",
  ],
  [
    'the refresh token of the wrong field',
    reuse('access'),
    'authenticated',
    'broken',
    "`refresh` is not the `refresh` of the reply. It returned the reply's `access` as `refresh`.",
  ],
  [
    'tokens that are looked for elsewhere',
    { understand: (it) => ({ ...it, access: undefined }) },
    'authenticated',
    'broken',
    '`access` is not the `access` of the reply. It is undefined.',
  ],
  [
    'a token that is cut off',
    { understand: (it) => ({ ...it, access: String(it['access']).slice(0, -3) }) },
    'authenticated',
    'broken',
    '`access` is not the `access` of the reply. It is 3 characters shorter.',
  ],
  [
    'a token with its scheme',
    { understand: (it) => ({ ...it, access: `Bearer ${it['access']}` }) },
    'refreshed',
    'broken',
    '`access` is not the `access` of the reply. It is 7 characters longer.',
  ],
  [
    'the whole reply for a token',
    { understand: (it) => ({ ...it, access: it }) },
    'refreshed',
    'broken',
    'It is not a string, but of type object.',
  ],
  [
    'a token of before',
    { understand: (it) => ({ ...it, access: LITERALS.accessToken }) },
    'refreshed',
    'broken',
    '`access` is not the `access` of the reply.',
  ],
  [
    '400 taken for 401',
    { understand: (it) => (it['kind'] === 'rateLimited' ? { kind: 'invalidCredentials' } : it) },
    'rateLimited',
    'broken',
    "The reply was taken for 'invalidCredentials', it is 'rateLimited'.",
  ],
  [
    '401 taken for 400',
    { understand: (it) => (it['kind'] === 'invalidCredentials' ? { kind: 'rateLimited' } : it) },
    'invalidCredentials',
    'broken',
    "The reply was taken for 'rateLimited', it is 'invalidCredentials'.",
  ],
  [
    'an error for 401',
    {
      understand: (it, status) => {
        if (status === 401) throw new Error('no session', { cause: new TypeError('not a token') })
        return it
      },
    },
    'invalidCredentials',
    'broken',
    'The request is right, but the client threw Error: no session (cause: TypeError: not a token) instead of resolving to',
  ],
  [
    'a token for a kind',
    { understand: (it) => ({ kind: 'hidden-value', access: it['access'] }) },
    'authenticated',
    'broken',
    "The client returned an unknown `kind` instead of { kind: 'authenticated' }.",
  ],
  [
    'a wish for HTML',
    {
      send: (request) => ({
        ...request,
        headers: { ...request.headers, accept: 'text/html, text/*;q=0.9' },
      }),
    },
    'authenticated',
    'broken',
    'The Accept header does not allow JSON.',
  ],
  [
    'a wish for XML on a page',
    onlyFor('page', (request) => ({
      ...request,
      headers: { ...request.headers, accept: 'application/xml' },
    })),
    'expired',
    'broken',
    'The Accept header does not allow JSON.',
  ],
  [
    'nothing for 200',
    { understand: () => undefined as never },
    'authenticated',
    'broken',
    "The client returned undefined (a missing return?) instead of { kind: 'authenticated' }.",
  ],
  [
    '401 tried again and again',
    retry(401, 5),
    'invalidCredentials',
    'broken',
    'The request was sent 6 times. Send it once, and do not retry a refused request.',
  ],
  [
    '400 tried again at once',
    retry(400, 1),
    'rateLimited',
    'broken',
    'The request was sent 2 times',
  ],
  [
    'another request before the right one',
    {
      async transport(request, fetchIt) {
        await fetchIt({
          method: 'GET',
          url: new URL('/api/v1/users/', request.url).href,
          headers: {},
        })
        return fetchIt(request)
      },
    },
    'authenticated',
    'broken',
    '1 more request: GET /api/v1/users/.',
  ],
  ['200 asked for twice', retry(200, 1), 'authenticated', 'broken', 'The request was sent 2 times'],
  [
    'no request at all',
    { transport: async () => new Response('{"access":"x"}') },
    'authenticated',
    'neverExercised',
  ],
  [
    'a silence that is waited for',
    { transport: () => new Promise(() => {}) },
    'authenticated',
    'neverExercised',
    'The client did not settle within 300 ms, and sent nothing.',
  ],
  [
    'refresh with the access token',
    onlyFor(
      'refresh',
      changeBody(() => ({ refresh: LITERALS.accessToken })),
    ),
    'refreshed',
    'broken',
    'The access token was sent where the refresh token belongs.',
  ],
  [
    'refresh_token for refresh',
    onlyFor(
      'refresh',
      changeBody(({ refresh }) => ({ refresh_token: refresh })),
    ),
    'refreshed',
    'broken',
    '`refresh_token` instead of `refresh`.',
  ],
  [
    'refresh at the wrong address',
    onlyFor(
      'refresh',
      changeUrl((url) => url.replace('token-refresh', 'token/refresh')),
    ),
    'refreshed',
    'broken',
    'The path is not the specified /api/v1/auth/token-refresh/.',
  ],
  [
    'refresh in the header',
    onlyFor('refresh', ({ body, ...request }) => ({
      ...request,
      headers: { authorization: `Bearer ${LITERALS.refreshToken}` },
    })),
    'refreshed',
    'broken',
    'No Content-Type was sent',
  ],
  [
    'a refused refresh taken for a new token',
    { understand: (it) => (it['kind'] === 'refreshRefused' ? { kind: 'refreshed' } : it) },
    'refreshRefused',
    'broken',
    "it is 'refreshRefused'",
  ],
  [
    'a refused refresh tried again',
    retry(401, 2),
    'refreshRefused',
    'broken',
    'The request was sent 3 times',
  ],
  [
    'the token without Bearer',
    onlyFor(
      'page',
      changeAuthorization((authorization) => ({ authorization })),
    ),
    'authorized',
    'broken',
    'The token was sent without `Bearer` before it.',
  ],
  [
    'Token for Bearer',
    onlyFor(
      'page',
      changeAuthorization((token) => ({ authorization: `Token ${token}` })),
    ),
    'authorized',
    'broken',
    'The scheme is `Token`, expected `Bearer`.',
  ],
  [
    'bearer for Bearer',
    onlyFor(
      'page',
      changeAuthorization((token) => ({ authorization: `bearer ${token}` })),
    ),
    'authorized',
    'broken',
    'The scheme is `bearer`, expected `Bearer`.',
  ],
  [
    'no Authorization',
    onlyFor('page', changeHeaders({})),
    'authorized',
    'broken',
    'No Authorization header was sent.',
  ],
  [
    'the token in another header',
    onlyFor(
      'page',
      changeAuthorization((token) => ({ 'x-access-token': token })),
    ),
    'expired',
    'broken',
    'No Authorization header was sent.',
  ],
  [
    'the token in the query',
    onlyFor('page', (request) => ({
      ...request,
      headers: {},
      url: `${request.url}&api_token=${LITERALS.accessToken}`,
    })),
    'authorized',
    'broken',
    'The query has `api_token`, which is not specified.',
  ],
  [
    'the refresh token as a bearer',
    onlyFor('page', changeHeaders({ authorization: `Bearer ${LITERALS.refreshToken}` })),
    'authorized',
    'broken',
    'The refresh token was sent where the access token belongs.',
  ],
  [
    'a page without its slash',
    onlyFor(
      'page',
      changeUrl((url) => url.replace('/?', '?')),
    ),
    'expired',
    'broken',
    'The path lacks the final slash.',
  ],
  [
    'an expired token taken for a good one',
    { understand: (it) => (it['kind'] === 'expired' ? { kind: 'authorized' } : it) },
    'expired',
    'broken',
    "The reply was taken for 'authorized', it is 'expired'.",
  ],
  [
    'an expired token tried again',
    retry(401, 1),
    'expired',
    'broken',
    'The request was sent 2 times',
  ],
]

test.each(MUTANTS)(
  'a client with this flaw breaks its promise: %s',
  async (_, flaws, promise, result, said) => {
    const options = { consumer: 'mutant', dir, promises: [promise], timeout: 300 }
    const { kept, promises: results } = await checkClient(createClient(flaws), options)
    expect([kept, results.map(({ name, result }) => [name, result])]).toEqual([
      false,
      [[promise, result]],
    ])
    if (said !== undefined) expect(results[0]?.nearMiss).toContain(said)
    expect(JSON.stringify(results)).not.toContain('hidden-value')
    expect(readdirSync(dir)).toEqual([])
  },
)

test.each<[string, Flaws]>([
  ...['application/json; charset=utf-8', 'application/json\t;charset=utf-8'].map(
    (type): [string, Flaws] => [
      `the type ${JSON.stringify(type)}`,
      {
        send: (request) =>
          request.body ? { ...request, headers: { 'content-type': type } } : request,
      },
    ],
  ),
  [
    'more headers',
    {
      send: (request) => ({
        ...request,
        headers: {
          ...request.headers,
          accept: 'application/json',
          'user-agent': 'mine/1.0',
          'x-request-id': '5',
        },
      }),
    },
  ],
  [
    'a name that is not ASCII',
    {
      send: (request) => ({
        ...request,
        headers: { ...request.headers, 'user-agent': 'Integra\u00e7\u00e3o/1.0' },
      }),
    },
  ],
  [
    'other white space and order',
    {
      send: (request) => ({
        ...request,
        ...(request.body && {
          body: JSON.stringify(
            Object.fromEntries(Object.entries(JSON.parse(request.body)).reverse()),
            null,
            2,
          ),
        }),
      }),
    },
  ],
])('a client that sends %s is right', async (_, flaws) => {
  expect((await checkClient(createClient(flaws), { consumer: 'variant', dir })).kept).toBe(true)
})

test('TLS on a plain port is reported as such', async () => {
  const obtainToken = async ({ baseUrl }: { baseUrl: string }) => {
    await fetch(baseUrl.replace('http:', 'https:'))
    return { kind: 'rateLimited' } as const
  }
  const options = { consumer: 'tls', dir, promises: ['rateLimited'] as const }
  const { promises: results } = await checkClient({ obtainToken }, options)
  expect(results[0]).toMatchObject({
    result: 'broken',
    requests: 1,
    nearMiss: 'It is TLS, and the base URL begins with http:.',
  })
})

/** The tests that testClient registers, by the promise in the title. */
function testsOf(client: Client, consumer = 'billing'): Map<string, () => Promise<void>> {
  const registered = new Map<string, () => Promise<void>>()
  const prefix = `${consumer} keeps the promise `
  testClient(
    (title, run) => {
      expect(title).toMatch(new RegExp(`^${prefix}`))
      registered.set(title.slice(prefix.length), run)
    },
    client,
    { consumer, dir },
  )
  return registered
}

test('testClient registers a test for each promise, and fails those that are not kept', async () => {
  const flawed = createClient({
    understand: (it) => (it['kind'] === 'rateLimited' ? { kind: 'invalidCredentials' } : it),
  })
  const tests = testsOf({ obtainToken: flawed.obtainToken })
  expect([...tests.keys()]).toEqual(['authenticated', 'invalidCredentials', 'rateLimited'])
  await expect(tests.get('authenticated')?.()).resolves.toBeUndefined()
  await expect(tests.get('invalidCredentials')?.()).resolves.toBeUndefined()
  await expect(tests.get('rateLimited')?.()).rejects.toThrow(
    "rateLimited: The reply was taken for 'invalidCredentials', it is 'rateLimited'.",
  )
  expect(readdirSync(dir)).toEqual([])
})

test('each test of testClient checks one promise, and the last one writes the pact', async () => {
  const { obtainToken } = createClient()
  const asked: string[] = []
  let isDown = true
  const tests = testsOf({
    async obtainToken(call) {
      asked.push(call.password)
      if (isDown) throw new Error('down')
      return obtainToken(call)
    },
  })
  await expect(tests.get('invalidCredentials')?.()).rejects.toThrow('The client threw Error')
  expect(asked).toEqual([LITERALS.wrongPassword])
  isDown = false
  await tests.get('invalidCredentials')?.()
  await tests.get('rateLimited')?.()
  expect(readdirSync(dir)).toEqual([])
  await tests.get('authenticated')?.()
  expect(readdirSync(dir)).toEqual(['billing-ZapSign.json'])
  const { interactions } = JSON.parse(readFileSync(join(dir, 'billing-ZapSign.json'), 'utf8'))
  expect(interactions.map(({ description }: { description: string }) => description)).toEqual([
    promises.authenticated.description,
    promises.invalidCredentials.description,
    promises.rateLimited.description,
  ])
})

test('an error that a client throws is reported with its causes and its stack, without secrets', async () => {
  process.env['BILLING_API_KEY'] = 'hidden-value'
  const obtainToken = ({ password }: { password: string }) => {
    const cause = new RangeError('hidden-value is not a key')
    return Promise.reject(new TypeError(`no ${password}\nin the vault`, { cause }))
  }
  const { promises } = await checkClient({ obtainToken }, { consumer: 'x', dir })
  delete process.env['BILLING_API_KEY']
  expect(promises[0]).toEqual({
    name: 'authenticated',
    result: 'neverExercised',
    requests: 0,
    nearMiss:
      'The client threw TypeError: no (withheld) in the vault (cause: RangeError: (withheld) is not a key), and sent nothing.',
    thrown: expect.stringMatching(
      /^TypeError: no \(withheld\)\nin the vault\n +at .*check-client\.test\.ts:\d+[\s\S]*\ncaused by RangeError: \(withheld\) is not a key\n +at /,
    ),
  })
})

test('an error that is its own cause, and a thrown value that is not an error, are reported', async () => {
  const loop = new Error('round')
  loop.cause = loop
  const check = async (thrown: unknown) => {
    const options = { consumer: 'x', dir, promises: ['rateLimited'] as const }
    const { promises } = await checkClient({ obtainToken: () => Promise.reject(thrown) }, options)
    return promises[0]?.nearMiss
  }
  expect(await check(loop)).toMatch(/^The client threw Error: round \(cause: Error: round\)/)
  expect(await check('a text')).toBe('The client threw a text, and sent nothing.')
  expect(await check(5)).toBe('The client threw number, and sent nothing.')
})

test('testClient gives the runner the error of the client as the cause of its own', async () => {
  const error = new Error('down')
  const tests = testsOf({ obtainToken: () => Promise.reject(error) })
  await expect(tests.get('rateLimited')?.()).rejects.toMatchObject({ cause: error })
})

test('a run that fails names the pact of an earlier run', async () => {
  const options = { consumer: 'billing', dir, promises: ['authenticated'] as const }
  const { pactFile } = await checkClient(createClient(), options)
  const failed = await checkClient(createClient(retry(200, 1)), options)
  expect([failed.kept, failed.pactFile, failed.stalePactFile]).toEqual([false, undefined, pactFile])
})

test('the words of a client do not control the terminal of the runner', async () => {
  const obtainToken = () => Promise.reject(new Error('\u001b[2J\u009b31m\u202e'))
  const tests = testsOf({ obtainToken })
  await expect(tests.get('rateLimited')?.()).rejects.toThrow(
    'The client threw Error: \ufffd[2J\ufffd31m\ufffd, and sent nothing.',
  )
})

test('a test of testClient that fails says when the pact still has its promise', async () => {
  await checkClient(createClient(), { consumer: 'billing', dir, promises: ['rateLimited'] })
  const tests = testsOf({ obtainToken: () => Promise.reject(new Error('down')) })
  const note = 'billing-ZapSign.json still has this promise from an earlier run.'
  await expect(tests.get('rateLimited')?.()).rejects.toThrow(note)
  await expect(tests.get('authenticated')?.()).rejects.not.toThrow(note)
})

test('testClient split over calls adds up to one pact, and "all" starts afresh', async () => {
  const one = (name: PromiseName | 'all') => {
    const runs: (() => Promise<void>)[] = []
    const promises = name === 'all' ? name : [name]
    testClient((_, run) => runs.push(run), createClient(), { consumer: 'billing', dir, promises })
    return runs
  }
  const names = () =>
    JSON.parse(readFileSync(join(dir, 'billing-ZapSign.json'), 'utf8')).interactions.length
  for (const name of ['expired', 'authenticated', 'refreshed'] as const)
    for (const run of one(name)) await run()
  expect(names()).toBe(3)
  const { obtainToken } = createClient()
  await checkClient({ obtainToken }, { consumer: 'billing', dir, promises: 'all' })
  expect(names()).toBe(3)
  expect(readFileSync(join(dir, 'billing-ZapSign.json'), 'utf8')).not.toContain('expired')
})

test('a relative folder of testClient is one in the package of the file that calls it', async () => {
  const calling = join(dir, 'packages/billing/test/login.test.js')
  mkdirSync(join(calling, '..'), { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{}')
  writeFileSync(join(dir, 'packages/billing/package.json'), '{"type":"module"}')
  writeFileSync(calling, 'export const call = (testClient, ...args) => testClient(...args)')
  const { call } = await import(/* @vite-ignore */ pathToFileURL(calling).href)
  const said = vi.spyOn(console, 'info').mockImplementation(() => {})
  const runs: (() => Promise<void>)[] = []
  const options = { consumer: 'billing', promises: ['rateLimited'] }
  call(testClient, (_: string, run: () => Promise<void>) => runs.push(run), createClient(), options)
  for (const run of runs) await run()
  const file = join(dir, 'packages/billing/pacts/billing-ZapSign.json')
  expect(readFileSync(file, 'utf8')).toContain('login attempts are exceeded')
  expect(said.mock.calls).toEqual([[`zapsign-mock: the pact is ${file}`]])
})

test.each<[string, unknown, unknown, object, string]>([
  [
    'no test',
    undefined,
    createClient(),
    { consumer: 'x' },
    'The first argument of testClient must be the test function',
  ],
  ['no client', test, undefined, { consumer: 'x' }, 'A client must have a method obtainToken('],
  ['no options', test, createClient(), undefined as never, 'consumer is missing: options must be'],
])('testClient with %s is refused', (_, register, client, options, message) => {
  expect(() => testClient(register as never, client as never, options as never)).toThrow(message)
})

test.each<[string, unknown, object, string]>([
  [
    'no promise',
    createClient(),
    { promises: [] },
    'promises must be "all", or a list of promises, at least one of authenticated, ',
  ],
  ['no list', createClient(), { promises: 'authenticated' }, 'got "authenticated"'],
  ['no client', undefined, {}, 'A client must have a method obtainToken('],
  [
    'an unknown promise',
    createClient(),
    { promises: ['login'] },
    'promises[0] must be one of authenticated, invalidCredentials, rateLimited, refreshed, refreshRefused, authorized, expired, got "login"',
  ],
  [
    'a promise without a method',
    { obtainToken: createClient().obtainToken },
    { promises: ['refreshed'] },
    'The promise refreshed needs a client with the method refresh',
  ],
  [
    'an unknown option',
    createClient(),
    { promise: ['authenticated'] },
    'promise is not known: options must be an object with the keys consumer, dir, promises, timeout',
  ],
  [
    'a folder that is not a string',
    createClient(),
    { dir: 5 },
    'dir must be the name of a folder, got 5',
  ],
  [
    'a folder without a name',
    createClient(),
    { dir: '' },
    'dir must be the name of a folder, got ""',
  ],
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31].map(
    (timeout): [string, unknown, object, string] => [
      `a timeout of ${timeout}`,
      createClient(),
      { timeout },
      `timeout must be a number of milliseconds, more than 0 and at most 2147483647, got ${timeout}`,
    ],
  ),
  [
    'a timeout in words',
    createClient(),
    { timeout: '2s' },
    'timeout must be a number of milliseconds, more than 0 and at most 2147483647, got "2s"',
  ],
  [
    'a method that is not a function',
    { ...createClient(), callProtected: 5 },
    {},
    "A client's callProtected must be a method, or left out",
  ],
  [
    'a consumer without a name',
    createClient(),
    { consumer: ' ' },
    'consumer must be a name with a letter or a digit',
  ],
])('%s is refused', async (_, client, options, message) => {
  await expect(checkClient(client as never, { consumer: 'x', dir, ...options })).rejects.toThrow(
    message,
  )
})

test('a folder that is a file, and a file that is not a pact, are reported before the client is run', async () => {
  let runs = 0
  const obtainToken = async () => {
    runs += 1
    return { kind: 'rateLimited' } as const
  }
  writeFileSync(join(dir, 'x-ZapSign.json'), '[]')
  const check = (options: object) =>
    checkClient({ obtainToken }, { consumer: 'x', dir, ...options })
  await expect(check({})).rejects.toMatchObject({
    name: 'PactFileError',
    message: `${join(dir, 'x-ZapSign.json')} is not a pact. Move or delete it.`,
  })
  await expect(check({ dir: join(dir, 'x-ZapSign.json') })).rejects.toMatchObject({
    name: 'PactFileError',
    message: expect.stringContaining('x-ZapSign.json cannot be written: ENOTDIR'),
  })
  expect(runs).toBe(0)
})
