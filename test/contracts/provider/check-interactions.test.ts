import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type PromiseName, promises, verifyProvider } from '../../../contracts/index.js'
import { writePact } from '../../../contracts/pact/write-pact.js'
import { createApp, startServer } from '../../../server/index.js'
import { type ApiReply, type ApiRequest, createZapSign, type ZapSign } from '../../../src/index.js'

let folder: string
const closers: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-pacts-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await Promise.all(closers.splice(0).map((close) => close()))
})

/** Its clock stands still, so that lifetimes are exact. */
const create = () => createZapSign({ warnings: false, now: '2026-01-01T00:00:00Z' })

/** A pact about these promises only. */
function pactOf(...names: PromiseName[]): string {
  const file = join(folder, `${names.join('-')}.json`)
  writeFileSync(file, writePact('any client', names))
  return file
}

test('the built-in mock keeps the reference pact', async () => {
  const { kept, interactions } = await verifyProvider({ zapsign: create() })
  expect(kept).toBe(true)
  expect(interactions).toEqual(
    Object.entries(promises).map(([promise, { description }]) => ({
      consumer: 'any client',
      description,
      promise,
      result: 'kept',
    })),
  )
})

type Tamper = (
  reply: ApiReply,
  request: ApiRequest,
  zapsign: ZapSign,
) => ApiReply | Promise<ApiReply>

/** A provider that is right but for what is done to its replies. */
function tampered(tamper: Tamper): ZapSign {
  const zapsign = create()
  return {
    ...zapsign,
    reply: async (request) => tamper(await zapsign.reply(request), request, zapsign),
  }
}

const onStatus =
  (status: number, change: (reply: ApiReply) => Partial<ApiReply>): Tamper =>
  (reply) =>
    reply.status === status ? { ...reply, ...change(reply) } : reply

const json = (body: unknown) => ({ body: JSON.stringify(body) })

const onBody = (status: number, change: (body: Record<string, unknown>) => unknown) =>
  onStatus(status, ({ body }) => json(change(JSON.parse(body))))

type Payload = Record<string, unknown>

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Changes every token of a kind in a successful reply. */
function onTokens(
  names: readonly string[],
  change: (payload: Payload, header: Payload) => Payload | undefined,
): Tamper {
  return onBody(200, (body) => {
    for (const name of names) {
      const token = body[name]
      if (typeof token !== 'string') continue
      const [first, second, signature] = token.split('.')
      const header = decode(first)
      const payload = change(decode(second), header)
      body[name] = [encode(header), encode(payload), signature].join('.')
    }
    return body
  })
}

const BOTH = ['access', 'refresh']

let kept: string | undefined

let logins = 0
const isSecond = ({ path }: ApiRequest) => !path.includes('refresh') && ++logins % 2 === 0

/** Each broken provider: the promise that shows it, and what is said of it. */
const MUTANTS: [string, Tamper, PromiseName, string][] = [
  [
    '429 for 400',
    onStatus(400, () => ({ status: 429 })),
    'rateLimited',
    'it answered the last with 429',
  ],
  [
    'detail for message',
    onBody(400, ({ message }) => ({ detail: message })),
    'rateLimited',
    'missing the following keys: message',
  ],
  [
    'another message',
    onBody(400, () => ({ message: 'Too many attempts' })),
    'rateLimited',
    "Expected 'Too many attempts' (String) to be equal to 'Rate limit exceeded'",
  ],
  [
    'a limit that nobody meets',
    (reply, _, it) =>
      reply.status === 400
        ? it.issueTokenPair().then((pair) => ({ ...reply, status: 200, ...json(pair) }))
        : reply,
    'rateLimited',
    'it answered the last with 200',
  ],
  [
    'a limit that answers 401',
    onStatus(400, () => ({ status: 401 })),
    'rateLimited',
    'it answered the last with 401',
  ],
  [
    'another detail',
    onBody(401, () => ({ detail: 'Invalid credentials' })),
    'invalidCredentials',
    'detail is not the documented "No active account found with the given credentials"',
  ],
  [
    'message for detail',
    onBody(401, ({ detail }) => ({ message: detail })),
    'invalidCredentials',
    'missing the following keys: detail',
  ],
  [
    'a page for 401',
    onStatus(401, () => ({ headers: { 'content-type': 'text/html' }, body: '<h1>401</h1>' })),
    'invalidCredentials',
    "Expected a body of 'application/json' but the actual content type was 'text/html'",
  ],
  [
    '403 for wrong credentials',
    onStatus(401, () => ({ status: 403 })),
    'invalidCredentials',
    'expected 401 but was 403',
  ],
  [
    '200 for a wrong password',
    (reply, _, it) =>
      reply.status === 401
        ? it.issueTokenPair().then((pair) => ({ ...reply, status: 200, ...json(pair) }))
        : reply,
    'invalidCredentials',
    'expected 401 but was 200',
  ],
  ['nothing for 401', onStatus(401, () => ({ body: '' })), 'invalidCredentials', 'documented'],
  [
    'no refresh',
    onBody(200, ({ access }) => ({ access })),
    'authenticated',
    'missing the following keys: refresh',
  ],
  [
    'no access',
    onBody(200, ({ refresh }) => ({ refresh })),
    'authenticated',
    'missing the following keys: access',
  ],
  [
    'null for access',
    onBody(200, (body) => ({ ...body, access: null })),
    'authenticated',
    'access is no decodable JWT',
  ],
  [
    'access_token for access',
    onBody(200, ({ access, refresh }) => ({ access_token: access, refresh })),
    'authenticated',
    'missing the following keys: access',
  ],
  [
    'a wrapper',
    onBody(200, (data) => ({ data })),
    'authenticated',
    'missing the following keys: access, refresh',
  ],
  [
    'a.b.c',
    onBody(200, () => ({ access: 'a.b.c', refresh: 'a.b.c' })),
    'authenticated',
    'access is no decodable JWT',
  ],
  [
    'a token that is none',
    onBody(200, (body) => ({ ...body, access: 'c7f35c84-7893' })),
    'authenticated',
    'access is no decodable JWT',
  ],
  [
    'tokens for 5 hours',
    onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) + 4 * 3600 })),
    'authenticated',
    'access lives for 18000 s, 3600 s are specified',
  ],
  [
    'a refresh token for an hour',
    onTokens(['refresh'], (payload) => ({ ...payload, exp: Number(payload['exp']) - 23 * 3600 })),
    'authenticated',
    'refresh lives for 3600 s, 86400 s are specified',
  ],
  [
    'tokens that have expired',
    onTokens(BOTH, (payload) => ({ ...payload, exp: 1_700_000_000 })),
    'authenticated',
    'access has expired already',
  ],
  [
    'milliseconds',
    onTokens(BOTH, (payload) => ({ ...payload, exp: Number(payload['exp']) * 1000 })),
    'authenticated',
    '(exp is in seconds)',
  ],
  [
    'exp as text',
    onTokens(['access'], (payload) => ({ ...payload, exp: String(payload['exp']) })),
    'authenticated',
    'access has no exp in whole seconds',
  ],
  [
    'no exp',
    onTokens(['access'], ({ exp, ...payload }) => payload),
    'authenticated',
    'access has no exp in whole seconds',
  ],
  [
    'no jti',
    onTokens(['refresh'], ({ jti, ...payload }) => payload),
    'authenticated',
    'refresh has no jti',
  ],
  [
    'no token_type',
    onTokens(['access'], ({ token_type, ...payload }) => payload),
    'authenticated',
    'access has the token_type none',
  ],
  [
    'a refresh token that is an access token',
    onTokens(['refresh'], (payload) => ({ ...payload, token_type: 'access' })),
    'authenticated',
    'refresh has the token_type "access"',
  ],
  [
    'one token for both',
    onBody(200, ({ access }) => ({ access, refresh: access })),
    'authenticated',
    'access and refresh are the same token',
  ],
  [
    'the same tokens at each login',
    (reply) => (reply.status === 200 ? { ...reply, body: (kept ??= reply.body) } : reply),
    'authenticated',
    'access has a jti that was used before',
  ],
  [
    'the same jti at each login',
    onTokens(BOTH, (payload) => ({ ...payload, jti: '0'.repeat(32) })),
    'authenticated',
    'refresh has a jti that was used before',
  ],
  [
    'HS512',
    onTokens(BOTH, (payload, header) => {
      header['alg'] = 'HS512'
      return payload
    }),
    'authenticated',
    'access is signed with "HS512", HS256 is specified',
  ],
  [
    'no signature',
    onTokens(['access'], (payload, header) => {
      header['alg'] = 'none'
      return payload
    }),
    'authenticated',
    'access is signed with "none", HS256 is specified',
  ],
  [
    'JSON called a page',
    onStatus(200, ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/html' } })),
    'authenticated',
    "'application/json' but the actual content type was 'text/html'",
  ],
  [
    '201 for 200',
    onStatus(200, () => ({ status: 201 })),
    'authenticated',
    'expected 200 but was 201',
  ],
  [
    '204 for 200',
    onStatus(200, () => ({ status: 204, body: '' })),
    'authenticated',
    'expected 200 but was 204',
  ],
  [
    '500 for 200',
    onStatus(200, () => ({ status: 500, body: 'oops' })),
    'authenticated',
    'expected 200 but was 500',
  ],
  [
    'a stale access token',
    onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) - 3000 })),
    'refreshed',
    'access lives for 600 s, 3600 s are specified',
  ],
  [
    'a refresh token for a refresh token',
    onTokens(['access'], (payload) => ({ ...payload, token_type: 'refresh' })),
    'refreshed',
    'access has the token_type "refresh"',
  ],
  [
    'a refresh that is refused',
    (reply, { path }) =>
      path.includes('refresh')
        ? {
            ...reply,
            status: 401,
            ...json({ detail: 'Token is invalid or expired', code: 'token_not_valid' }),
          }
        : reply,
    'refreshed',
    'expected 200 but was 401',
  ],
  [
    'no code',
    onBody(401, ({ detail }) => ({ detail })),
    'refreshRefused',
    'code is not the documented "token_not_valid"',
  ],
  [
    'a refresh that never expires',
    (reply, _, it) =>
      reply.status === 401
        ? it.issueTokenPair().then(({ access }) => ({ ...reply, status: 200, ...json({ access }) }))
        : reply,
    'refreshRefused',
    'expected 401 but was 200',
  ],
  [
    'a refresh that gives the same token each time',
    (reply, { path }) =>
      path.includes('refresh') && reply.status === 200
        ? { ...reply, body: (kept ??= reply.body) }
        : reply,
    'refreshed',
    'access has a jti that was used before',
  ],
  [
    'every second login refused',
    (reply, request) =>
      reply.status === 200 && isSecond(request) ? { ...reply, status: 429, body: '{}' } : reply,
    'authenticated',
    'the same request was answered with 200 first, and with 429 then',
  ],
  [
    'every second login without tokens',
    (reply, request) =>
      reply.status === 200 && isSecond(request) ? { ...reply, body: '{}' } : reply,
    'authenticated',
    'access is no decodable JWT',
  ],
  [
    'every second token for 5 hours',
    (reply, request, it) =>
      isSecond(request)
        ? onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) + 14_400 }))(
            reply,
            request,
            it,
          )
        : reply,
    'authenticated',
    'access lives for 18000 s, 3600 s are specified',
  ],
  [
    'a redirect to somewhere else',
    onStatus(200, () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/login' } })),
    'authenticated',
    'the provider redirected to http://127.0.0.1:1/login',
  ],
  [
    'a redirect that keeps the method',
    onStatus(200, () => ({ status: 308, headers: { location: '/api/v2/' } })),
    'authorized',
    'the provider redirected to /api/v2/',
  ],
  [
    'a page without results',
    onBody(200, ({ results, ...page }) => page),
    'authorized',
    'the page has no results',
  ],
  [
    'a page without links',
    onBody(200, ({ count, results }) => ({ count, results })),
    'authorized',
    'the page has no next',
  ],
  ['a bare list', onBody(200, ({ results }) => results), 'authorized', 'the page has no count'],
  [
    'a good token that is refused',
    (reply, { path }) => (path.includes('docs') ? { ...reply, status: 401 } : reply),
    'authorized',
    'expected 200 but was 401',
  ],
  [
    'an expired token that is accepted',
    onStatus(401, (reply) => ({
      ...reply,
      status: 200,
      ...json({ count: 0, next: null, previous: null, results: [] }),
    })),
    'expired',
    'Expected status code 200 to be a 401, 403',
  ],
]

test.each(MUTANTS)('a provider with the flaw "%s" is caught', async (_, tamper, promise, said) => {
  kept = undefined
  logins = 0
  const report = await verifyProvider({ zapsign: tampered(tamper), pacts: [pactOf(promise)] })
  expect([
    report.kept,
    report.interactions.map(({ promise, result }) => [promise, result]),
  ]).toEqual([false, [[promise, 'broken']]])
  expect(report.interactions[0]?.faults?.join('\n')).toContain(said)
  expect(JSON.stringify(report)).not.toMatch(/eyJ[\w-]{10,}/)
})

test('a token pair that is not there is not one token for both', async () => {
  const zapsign = tampered(onBody(200, () => ({})))
  const { interactions } = await verifyProvider({ zapsign, pacts: [pactOf('authenticated')] })
  expect(interactions[0]?.faults).toEqual([
    'refresh is no decodable JWT',
    'access is no decodable JWT',
    '$: Actual map is missing the following keys: access, refresh',
  ])
})

test('a refresh may repeat the refresh token that it was given', async () => {
  const tamper: Tamper = (reply, { path, body }) =>
    path.includes('refresh') && reply.status === 200
      ? {
          ...reply,
          ...json({ ...JSON.parse(reply.body), ...JSON.parse(new TextDecoder().decode(body)) }),
        }
      : reply
  const report = await verifyProvider({ zapsign: tampered(tamper), pacts: [pactOf('refreshed')] })
  expect(report).toMatchObject({ kept: true, interactions: [{ result: 'kept' }] })
})

/** A pact that only asks for the status of a promise's reply, as others write them. */
function loosePact(name: PromiseName): string {
  const pact = JSON.parse(writePact('others', [name]))
  const [{ response, ...interaction }] = pact.interactions
  const { status } = response
  return write('loose.json', { ...pact, interactions: [{ ...interaction, response: { status } }] })
}

test.each<[PromiseName, Tamper, string]>([
  [
    'rateLimited',
    onBody(400, () => ({ detail: 'no' })),
    'message is not the documented "Rate limit',
  ],
  [
    'refreshRefused',
    onBody(401, (body) => ({ ...body, detail: 'no' })),
    'detail is not the documented "Token is invalid',
  ],
])('what is documented of %s is asked for, however loose a pact is', async (name, tamper, said) => {
  const pacts = [loosePact(name)]
  const [fault] = (await verifyProvider({ zapsign: tampered(tamper), pacts })).interactions
  expect(fault).toMatchObject({ result: 'broken', faults: [expect.stringContaining(said)] })
  expect((await verifyProvider({ zapsign: create(), pacts })).kept).toBe(true)
})

test('a refresh that gives the access token of the login first is caught', async () => {
  const zapsign = create()
  const given: string[] = []
  const provider: ZapSign = {
    ...zapsign,
    async issueTokenPair(...of) {
      const pair = await zapsign.issueTokenPair(...of)
      given.push(pair.access)
      return pair
    },
    async reply(request) {
      const reply = await zapsign.reply(request)
      const access = request.path.includes('refresh') && given.pop()
      return access ? { ...reply, ...json({ access }) } : reply
    },
  }
  const pacts = [pactOf('refreshed')]
  const { interactions } = await verifyProvider({ zapsign: provider, pacts })
  expect(interactions).toMatchObject([
    {
      result: 'broken',
      faults: [
        'access lives for 3000 s, 3600 s are specified',
        'access expires no later than the one of the login before: it is not fresh',
        'access has a jti that was used before',
      ],
    },
  ])
})

test.each<[string, Tamper]>([
  [
    'more claims, in another order',
    onTokens(BOTH, (payload) => ({
      iat: 1,
      iss: 'x',
      ...Object.fromEntries(Object.entries(payload).reverse()),
    })),
  ],
  [
    'another order in the header',
    onTokens(BOTH, (payload, header) => {
      const { typ } = header
      delete header['typ']
      header['typ'] = typ
      return payload
    }),
  ],
  ['more properties', onStatus(200, ({ body }) => json({ ...JSON.parse(body), expires_in: 3600 }))],
  [
    'more properties of errors',
    (reply) =>
      reply.status >= 400 && reply.body.startsWith('{')
        ? { ...reply, ...json({ ...JSON.parse(reply.body), request_id: 'x' }) }
        : reply,
  ],
  [
    '403 for what is protected',
    (reply, { path }) =>
      path.includes('docs') && reply.status === 401 ? { ...reply, status: 403 } : reply,
  ],
  [
    'a charset',
    (reply) => ({
      ...reply,
      headers: {
        ...reply.headers,
        'content-type': `${reply.headers['content-type']}; charset=utf-8`,
      },
    }),
  ],
  [
    'no header that is only inferred',
    ({ headers: { 'content-type': type = '' }, ...reply }) => ({
      ...reply,
      headers: { 'content-type': type },
    }),
  ],
  [
    'documents on the page',
    (reply, { path }) =>
      path.includes('docs') && reply.status === 200
        ? { ...reply, ...json({ count: 1, next: null, previous: null, results: [{ name: 'x' }] }) }
        : reply,
  ],
])('a provider with %s is as correct as any', async (_, tamper) => {
  const { kept, interactions } = await verifyProvider({ zapsign: tampered(tamper) })
  expect([kept, interactions.filter(({ result }) => result !== 'kept')]).toEqual([true, []])
})

test('a lifetime may be off by as much as clocks are', async () => {
  const late = (seconds: number) =>
    verifyProvider({
      zapsign: tampered(
        onTokens(BOTH, (payload) => ({ ...payload, exp: Number(payload['exp']) - seconds })),
      ),
      pacts: [pactOf('authenticated')],
    })
  expect([(await late(59)).kept, (await late(61)).kept]).toEqual([true, false])
})

const ANA = { organization: '777', username: 'ana@example.com', password: 'hidden-value-1' }

async function startForeign(options = {}) {
  const { organization, username, password } = ANA
  const server = await startServer({
    warnings: false,
    organizations: [{ id: organization }],
    users: [{ username, password }],
    ...options,
  })
  closers.push(server.close)
  return server
}

const NO_EXPIRED_TOKEN =
  'no token that has expired can be had here; one signed with a foreign key was refused as specified'

test('at a foreign provider its own credentials are put in, and what cannot be arranged is not checked', async () => {
  const { url, zapsign } = await startForeign()
  const { kept, interactions } = await verifyProvider({ baseUrl: url, ...ANA })
  expect(kept).toBe(true)
  expect(interactions.map(({ promise, result, reason }) => [promise, result, reason])).toEqual([
    ['authenticated', 'kept', undefined],
    ['invalidCredentials', 'kept', undefined],
    [
      'rateLimited',
      'notChecked',
      'it locks the account: includeRateLimit (--include-rate-limit) asks for it all the same',
    ],
    ['refreshed', 'kept', undefined],
    ['refreshRefused', 'notChecked', NO_EXPIRED_TOKEN],
    ['authorized', 'kept', undefined],
    ['expired', 'notChecked', NO_EXPIRED_TOKEN],
  ])
  expect(zapsign.journal.count(({ path }) => path.includes('11111'))).toBe(0)
  expect(zapsign.journal.count({ outcome: 'rateLimited' })).toBe(0)
})

test('the rate limit is checked where that is asked for, after everything else', async () => {
  const { url, zapsign } = await startForeign({ loginLimit: { attempts: 12 } })
  const { kept, interactions } = await verifyProvider({
    baseUrl: url,
    ...ANA,
    includeRateLimit: true,
  })
  expect([kept, interactions[2]]).toMatchObject([true, { promise: 'rateLimited', result: 'kept' }])
  expect(zapsign.journal.entries.at(-1)).toMatchObject({ outcome: 'rateLimited' })
})

test('a provider that never limits is found out after 20 failed logins', async () => {
  const { url, zapsign } = await startForeign({ loginLimit: false })
  const { interactions } = await verifyProvider({ baseUrl: url, ...ANA, includeRateLimit: true })
  expect(interactions[2]).toMatchObject({
    result: 'broken',
    faults: expect.arrayContaining([
      expect.stringContaining('20 failed logins in a row were not too many for the provider'),
    ]),
  })
  expect(zapsign.journal.count({ outcome: 'invalidCredentials' })).toBeLessThanOrEqual(21)
})

test('a refusal that is wrong in form is broken, expired token or not', async () => {
  const foreign = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.statusCode = request.url?.includes('refresh') ? 401 : 200
    response.end('{"error":"no"}')
  })
  const url = await listen(foreign)
  const { interactions } = await verifyProvider({
    baseUrl: url,
    ...ANA,
    pacts: [pactOf('refreshRefused')],
  })
  expect(interactions).toMatchObject([{ result: 'broken' }])
})

/** A provider at a URL that is right but for what is done to its replies. */
async function startTampered(tamper: Tamper) {
  const { organization, username, password } = ANA
  const zapsign = createZapSign({
    warnings: false,
    organizations: [{ id: organization }],
    users: [{ username, password }],
  })
  const provider: ZapSign = {
    ...zapsign,
    reply: async (request) => tamper(await zapsign.reply(request), request, zapsign),
  }
  return listen(createServer(createApp(provider)))
}

test('the logins that a state takes at a provider are looked at, too', async () => {
  const tamper = onTokens(['refresh'], (payload) => ({ ...payload, token_type: 'access' }))
  const pacts = [pactOf('authorized')]
  const { interactions } = await verifyProvider({
    baseUrl: await startTampered(tamper),
    ...ANA,
    pacts,
  })
  expect(interactions).toMatchObject([
    { result: 'broken', faults: ['the login before it: refresh has the token_type "access"'] },
  ])
})

test('a refusal on the way to the login limit is for its own promise to judge', async () => {
  const baseUrl = await startTampered(onBody(401, () => ({ detail: 'no' })))
  const pacts = [pactOf('rateLimited')]
  const report = await verifyProvider({ baseUrl, ...ANA, pacts, includeRateLimit: true })
  expect(report).toMatchObject({ kept: true, interactions: [{ result: 'kept' }] })
})

test('a refresh at a provider that keeps the expiry of the login is not fresh', async () => {
  let expiry: unknown
  const tamper: Tamper = (reply, request, it) => {
    if (reply.status !== 200) return reply
    const { access } = JSON.parse(reply.body)
    if (!request.path.includes('refresh')) expiry = decode(access.split('.')[1]).exp
    return onTokens(['access'], (payload) => ({ ...payload, exp: expiry }))(reply, request, it)
  }
  const { interactions } = await verifyProvider({
    baseUrl: await startTampered(tamper),
    ...ANA,
    pacts: [pactOf('refreshed')],
  })
  expect(interactions).toMatchObject([
    {
      result: 'broken',
      faults: ['access expires no later than the one of the login before: it is not fresh'],
    },
  ])
})

test('a redirect is not followed, and takes no token along', async () => {
  const elsewhere: unknown[] = []
  const other = await listen(createServer((request) => elsewhere.push(request.headers)))
  const { url } = await startForeign()
  const foreign = await listen(
    createServer(async (request, response) => {
      if (request.method === 'GET') return response.writeHead(302, { location: other }).end()
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      const { method = '', headers } = request
      const body = Buffer.concat(chunks)
      const reply = await fetch(url + request.url, { method, headers: headers as never, body })
      const type = reply.headers.get('content-type') ?? ''
      return response.writeHead(reply.status, { 'content-type': type }).end(await reply.text())
    }),
  )
  const pacts = [pactOf('authorized')]
  const { interactions } = await verifyProvider({ baseUrl: foreign, ...ANA, pacts })
  expect(interactions[0]?.faults?.[0]).toBe(`the provider redirected to ${other}`)
  expect(elsewhere).toEqual([])
})

test('nothing that was obtained or given is shown, whatever it looks like', async () => {
  const opaque = { access: 'opaque/one', refresh: 'opaque"two' }
  const foreign = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.setHeader('content-type', 'application/json')
    const said = { ...opaque, count: [body, request.headers.authorization], detail: body }
    response.end(JSON.stringify(said))
  })
  const password = 'pass"wörd/1'
  const report = await verifyProvider({
    baseUrl: await listen(foreign),
    ...ANA,
    password,
    wrongPassword: 'no',
  })
  expect(report.interactions.map(({ result }) => result)).toEqual([
    'broken',
    'broken',
    'notChecked',
    ...Array(4).fill('broken'),
  ])
  expect(JSON.stringify(report)).not.toMatch(/opaque|wörd|w%C3|"no"/)
})

test.each([
  ['a slash', (url: string) => `${url}/`, '777'],
  ['an organization that needs encoding', (url: string) => url, 'a+b-ü'],
])('a base and an organization with %s are put together', async (_, baseUrlOf, organization) => {
  const { url } = await startForeign({ organizations: [{ id: organization }] })
  const { interactions } = await verifyProvider({
    baseUrl: baseUrlOf(url),
    ...ANA,
    organization,
    includeRateLimit: true,
  })
  expect(interactions.filter(({ result }) => result === 'broken')).toEqual([])
})

test('the wrong password that was given is the one that is tried', async () => {
  const password = 'WrongPassword123'
  const { url } = await startForeign({ users: [{ username: ANA.username, password }] })
  const { kept, interactions } = await verifyProvider({
    baseUrl: url,
    ...ANA,
    password,
    wrongPassword: 'other',
    includeRateLimit: true,
  })
  expect([kept, interactions[2]?.result]).toEqual([true, 'kept'])
})

async function listen(server: Server): Promise<string> {
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('wrong credentials at a foreign provider are said, without being shown', async () => {
  const { url } = await startForeign()
  const { kept, interactions } = await verifyProvider({
    baseUrl: url,
    ...ANA,
    password: 'hidden-value-2',
  })
  expect(kept).toBe(false)
  expect(interactions[3]).toMatchObject({
    result: 'broken',
    faults: expect.arrayContaining([
      'the state "the refresh token is valid" could not be brought about: the provider answered the login with 401',
    ]),
  })
  expect(JSON.stringify(interactions)).not.toContain('hidden-value')
})

test('a provider that does not answer is said not to', async () => {
  const { url, close } = await startForeign()
  await close()
  const { kept, interactions } = await verifyProvider({
    baseUrl: url,
    ...ANA,
    pacts: [pactOf('authenticated')],
  })
  expect([kept, interactions[0]?.faults]).toEqual([
    false,
    ['the provider did not answer: ECONNREFUSED'],
  ])
})

/** Notes what it is sent, and answers everything with an empty object. */
async function startListener() {
  const heard: { method?: string; type?: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push({ method: request.method, type: request.headers['content-type'], body })
    response.setHeader('content-type', 'application/json')
    response.end('{}')
  })
  return { heard, url: await listen(server) }
}

/** A pact in specification 4 about requests that are only to arrive. */
function pactOfRequests(...requests: object[]) {
  const interactions = requests.map((request, index) => ({
    type: 'Synchronous/HTTP',
    description: `request ${index}`,
    request: { method: 'POST', path: '/api/v1/docs/', ...request },
    response: { status: 200 },
  }))
  return write('requests.json', {
    ...V2,
    interactions,
    metadata: { pactSpecification: { version: '4.0' } },
  })
}

const ofType = (contentType: string, content: unknown) => ({
  headers: { 'Content-Type': [contentType] },
  body: { content, contentType, encoded: false },
})

test('every body reaches the provider as the pact has it', async () => {
  const { heard, url } = await startListener()
  const long = 'y'.repeat(200_000)
  const pact = pactOfRequests(
    ofType('application/json', '{"username":'),
    ofType('application/json', null),
    ofType('application/json', { long }),
    ofType('application/x-www-form-urlencoded', 'username=dev%40example.com.br&password=a'),
    { method: 'OPTIONS' },
  )
  const { interactions } = await verifyProvider({ baseUrl: url, ...ANA, pacts: [pact] })
  expect(interactions.map(({ result }) => result)).toEqual(Array(5).fill('kept'))
  expect(heard).toEqual([
    { method: 'POST', type: 'application/json', body: '"{\\"username\\":"' },
    { method: 'POST', type: 'application/json', body: 'null' },
    { method: 'POST', type: 'application/json', body: JSON.stringify({ long }) },
    {
      method: 'POST',
      type: 'application/x-www-form-urlencoded',
      body: 'username=dev%40example.com.br&password=a',
    },
    { method: 'OPTIONS', type: undefined, body: '' },
  ])
})

test('what the provider was never asked is not kept', async () => {
  const { heard, url } = await startListener()
  const pacts = [pactOfRequests({ method: 'FROB' })]
  expect(await verifyProvider({ baseUrl: url, ...ANA, pacts })).toMatchObject({
    kept: false,
    interactions: [{ result: 'notChecked', reason: 'Pact did not send it to the provider' }],
  })
  expect(heard).toEqual([])
})

const V2 = {
  consumer: { name: 'by hand' },
  provider: { name: 'ZapSign' },
  interactions: [
    {
      description: 'a login',
      providerState: 'the user can sign in',
      request: {
        method: 'POST',
        path: '/api/v1/auth/token/11111/',
        headers: { 'Content-Type': 'application/json' },
        body: { username: 'dev@example.com.br', password: 'StrongPassword123' },
      },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { access: 'a.b.c', refresh: 'a.b.c' },
        matchingRules: { '$.body.access': { match: 'type' }, '$.body.refresh': { match: 'type' } },
      },
    },
    {
      description: 'a wrong login, in no particular state',
      request: {
        method: 'POST',
        path: '/api/v1/auth/token/11111/',
        headers: { 'Content-Type': 'application/json' },
        body: { username: 'nobody', password: 'x' },
      },
      response: { status: 401 },
    },
  ],
  metadata: { pactSpecification: { version: '2.0.0' } },
}

const V3 = {
  ...V2,
  interactions: [
    {
      description: 'a login of a user of its own',
      providerStates: [
        {
          name: 'the user can sign in',
          params: { username: 'ana', password: 'p', organizationId: '5' },
        },
      ],
      request: {
        method: 'POST',
        path: '/api/v1/auth/token/5/',
        headers: { 'Content-Type': 'application/json' },
        body: { username: 'ana', password: 'p' },
      },
      response: {
        status: 200,
        body: { access: 'x' },
        matchingRules: { body: { '$.access': { combine: 'AND', matchers: [{ match: 'type' }] } } },
      },
    },
    {
      description: 'a refresh of a token of its own',
      providerStates: [{ name: 'the refresh token is valid', params: { refreshToken: 'mine' } }],
      request: {
        method: 'POST',
        path: '/api/v1/auth/token-refresh/',
        headers: { 'Content-Type': 'application/json' },
        body: { refresh: 'mine' },
      },
      response: { status: 200 },
    },
  ],
  metadata: { pactSpecification: { version: '3.0.0' } },
}

function write(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

test.each([
  ['2', V2],
  ['3', V3],
])('a pact that was written by hand in specification %s verifies too', async (_, pact) => {
  const { kept, interactions } = await verifyProvider({
    zapsign: create(),
    pacts: [write('hand.json', pact)],
  })
  expect(interactions).toEqual(
    pact.interactions.map(({ description }) => ({
      consumer: 'by hand',
      description,
      result: 'kept',
    })),
  )
  expect(kept).toBe(true)
})

test.each<[string, object]>([
  ['a dash in its metadata', { metadata: { 'pact-specification': { version: '3.0.0' } } }],
  ['nothing of the kind', { metadata: undefined }],
  [
    'a plugin that is not here',
    { metadata: { ...V3.metadata, plugins: [{ name: 'x', version: '1' }] } },
  ],
])('a pact in specification 3 with %s verifies as what it is', async (_, changes) => {
  const file = write('three.json', { ...V3, ...changes })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({
    kept: true,
    interactions: [{ result: 'kept' }, { result: 'kept' }],
  })
})

test('a state keeps its parameters in specification 2 too', async () => {
  const response = { status: 200, body: {} }
  const file = write('two.json', { ...V2, interactions: [{ ...V3.interactions[0], response }] })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({ kept: true })
})

test.each([{ providerState: '' }, { providerStates: [{ name: '' }] }, { providerState: null }])(
  '%j is no state',
  async (state) => {
    const file = write('none.json', { ...V2, interactions: [{ ...V2.interactions[1], ...state }] })
    expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({ kept: true })
  },
)

test('an interaction about a message is not checked, and stops no other', async () => {
  const pact = JSON.parse(writePact('by hand', ['authenticated']))
  const message = {
    type: 'Asynchronous/Messages',
    description: 'a message',
    providerStates: [{ name: 'a document was signed' }],
    contents: { content: '{}', contentType: 'application/json', encoded: false },
  }
  const file = write('mixed.json', { ...pact, interactions: [message, ...pact.interactions] })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({
    kept: true,
    interactions: [
      { result: 'notChecked', reason: 'it is about a message, not HTTP' },
      { result: 'kept' },
    ],
  })
})

test('an interaction that Pact makes no sense of is one line that names it', async () => {
  const pact = JSON.parse(writePact('by hand', ['authenticated', 'refreshed']))
  const { type, ...typeless } = pact.interactions[1]
  const file = write('typeless.json', { ...pact, interactions: [pact.interactions[0], typeless] })
  await expect(verifyProvider({ zapsign: create(), pacts: [file] })).rejects.toThrow(
    expect.objectContaining({
      name: 'PactFileError',
      message: `${file}: Pact cannot read "${promises.refreshed.description}": Interaction 0 has no type attribute.`,
    }),
  )
})

test('an interaction that expects a redirect is not checked', async () => {
  const redirected = { ...V2.interactions[1], response: { status: 301 } }
  const file = write('redirect.json', { ...V2, interactions: [V2.interactions[0], redirected] })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({
    kept: true,
    interactions: [
      { result: 'kept' },
      { result: 'notChecked', reason: 'Pact follows redirects: it cannot verify one' },
    ],
  })
})

test('an interaction that is pending breaks nothing, and is not kept', async () => {
  const pact = JSON.parse(writePact('by hand', ['authenticated']))
  const pending = { ...pact.interactions[0], pending: true }
  const interactions = [pending, { ...pending, response: { status: 418 } }]
  const file = write('pending.json', { ...pact, interactions })
  const report = await verifyProvider({ zapsign: create(), pacts: [file] })
  expect(report).toMatchObject({
    kept: true,
    interactions: [
      { result: 'kept' },
      { result: 'notChecked', reason: 'it is pending: expected 418 but was 200' },
    ],
  })
})

test('several pacts, with the same descriptions, are told apart', async () => {
  const broken = {
    ...V2,
    consumer: { name: 'other' },
    interactions: V2.interactions.map((one) => ({ ...one, response: { status: 418 } })),
  }
  const pacts = [write('one.json', V2), write('other.json', broken)]
  const { interactions } = await verifyProvider({ zapsign: create(), pacts })
  expect(interactions.map(({ consumer, result }) => `${consumer} ${result}`)).toEqual([
    'by hand kept',
    'by hand kept',
    'other broken',
    'other broken',
  ])
})

test('a state that nobody knows is an error, with those that are known', async () => {
  const pact = { ...V2, interactions: [{ ...V2.interactions[0], providerState: 'a user exists' }] }
  const file = write('state.json', pact)
  await expect(verifyProvider({ zapsign: create(), pacts: [file] })).rejects.toThrow(
    `${file}: "a login" needs the provider state "a user exists", which is not known: the states are "the user can sign in", "login attempts are exceeded", "the refresh token is valid", "the refresh token has expired", "the access token is valid", "the access token has expired"`,
  )
})

test.each<[string, unknown, string]>([
  ['no JSON', '{"password": "hidden-value"', 'is no pact: it is no valid JSON'],
  ['a list', [], 'is no pact: it is no object'],
  ['no consumer', {}, 'is no pact: it names no consumer'],
  ['no provider', { consumer: { name: 'x' } }, 'is no pact: it names no provider'],
  ['no interactions', { ...V2, interactions: 1 }, 'is no pact: it has no interactions'],
  [
    'messages',
    { ...V2, interactions: undefined, messages: [] },
    'is no pact: it is about messages, not about HTTP',
  ],
  [
    'an interaction without a description',
    { ...V2, interactions: [{}] },
    'is no pact: interaction 1 has no description',
  ],
  [
    'an interaction without a request',
    { ...V2, interactions: [{ description: 'x' }] },
    'is no pact: interaction 1 has no request and response over HTTP',
  ],
  ...[
    [{ method: 7 }, {}, 'a method that is none'],
    [{ method: 'GET /' }, {}, 'a method that is none'],
    [{ path: ['/'] }, {}, 'a path that is none'],
    [{ path: 'api/v1/docs/' }, {}, 'a path that is none'],
    [{}, { status: '200' }, 'a status that is none'],
    [{}, { status: 2000 }, 'a status that is none'],
    [{ headers: ['a'] }, {}, 'headers that are none'],
    [{ headers: { a: 1 } }, {}, 'headers that are none'],
    [{}, { headers: { a: ['b', {}] } }, 'headers that are none'],
  ].map(([request, response, fault]): [string, unknown, string] => [
    `an interaction with ${JSON.stringify([request, response])}`,
    {
      ...V2,
      interactions: [
        V2.interactions[0],
        {
          description: 'x',
          request: { method: 'GET', path: '/', ...Object(request) },
          response: { status: 200, ...Object(response) },
        },
      ],
    },
    `is no pact: interaction 2 has ${fault}`,
  ]),
])('%s in a file is one line that names it', async (_, content, message) => {
  const file = write('bad.json', content)
  await expect(verifyProvider({ zapsign: create(), pacts: [file] })).rejects.toThrow(
    expect.objectContaining({ message: `${file} ${message}` }),
  )
})

test.each<[string, object, string]>([
  [
    'no provider',
    {},
    'verifyProvider needs a provider: zapsign, which createZapSign() returns, or baseUrl',
  ],
  [
    'no credentials',
    { baseUrl: 'http://x', organization: '1', username: 'a' },
    'baseUrl needs organization, username and password to sign in there: password is missing',
  ],
  [
    'something else than pacts',
    { zapsign: createZapSign(), pacts: 'pacts' },
    'pacts must be a list of files, got a value of type string',
  ],
  [
    'a misspelt option',
    { zapsign: createZapSign(), pact: ['a.json'] },
    'verifyProvider has no option "pact": the options are pacts, zapsign, baseUrl, organization, username, password, wrongPassword, includeRateLimit, brokerBaseUrl, brokerToken, providerVersion, publish',
  ],
  [
    'a switch as text',
    { baseUrl: 'http://x', ...ANA, includeRateLimit: 'false' },
    'includeRateLimit must be true or false, got "false"',
  ],
  [
    'a password that is a number',
    { baseUrl: 'http://x', ...ANA, password: 123456 },
    'password must be a string, got a value of type number',
  ],
  [
    'two providers',
    { zapsign: createZapSign(), baseUrl: 'http://x', ...ANA },
    'zapsign and baseUrl are two providers, verifyProvider takes one',
  ],
  [
    'a token for no broker',
    { zapsign: createZapSign(), brokerToken: 't' },
    'brokerToken needs brokerBaseUrl',
  ],
  [
    'credentials for nowhere',
    { zapsign: createZapSign(), username: 'ana' },
    'username needs baseUrl',
  ],
  [
    'options for a provider',
    { zapsign: { users: [] } },
    'verifyProvider needs a provider: zapsign, which createZapSign() returns, or baseUrl',
  ],
  [
    'nowhere to publish',
    { zapsign: createZapSign(), publish: true },
    'publish needs brokerBaseUrl',
  ],
  [
    'no version to publish',
    { zapsign: createZapSign(), brokerBaseUrl: 'http://x', publish: true },
    'publish needs providerVersion',
  ],
])('%s is refused', async (_, options, message) => {
  await expect(verifyProvider(options as object)).rejects.toThrow(new TypeError(message))
})

test.each([
  ['sandbox', 'must be an http or https URL without a query, such as .*, got "sandbox"'],
  ['ftp://x', 'must be an http or https URL .*, got "ftp://x"'],
  ['http://x/?a', 'must be an http or https URL without a query'],
  ['http://ana:hidden@x', 'must hold no user name and no password'],
  ['ana:hidden@x', 'must be an http or https URL .*br"'],
])('%s is no URL to send requests to, nor a broker', async (url, message) => {
  const refusal = (name: string) =>
    expect.objectContaining({
      name: 'RangeError',
      message: expect.stringMatching(`^${name} ${message}$`.replace('query$', 'query.*$')),
    })
  const atUrl = verifyProvider({ baseUrl: url, ...ANA })
  await expect(atUrl).rejects.toThrow(refusal('baseUrl'))
  const fromBroker = verifyProvider({ zapsign: create(), brokerBaseUrl: url })
  await expect(fromBroker).rejects.toThrow(refusal('brokerBaseUrl'))
  expect(String(await atUrl.catch(String))).not.toContain('hidden')
})

test('no pacts are not the reference pact', async () => {
  await expect(verifyProvider({ zapsign: create(), pacts: [] })).rejects.toThrow(
    new RangeError('pacts must be one file at least: leave it out for the reference pact'),
  )
})

test('a user whose password is the usual wrong one is tried with another', async () => {
  const { username } = ANA
  const password = 'WrongPassword123'
  const { url } = await startForeign({ users: [{ username, password }] })
  const pacts = [pactOf('invalidCredentials')]
  const { kept } = await verifyProvider({ baseUrl: url, ...ANA, password, pacts })
  expect(kept).toBe(true)
})

test('a wrong password that is the right one is refused', async () => {
  const { password: wrongPassword } = ANA
  await expect(verifyProvider({ baseUrl: 'http://x', ...ANA, wrongPassword })).rejects.toThrow(
    new RangeError('wrongPassword must be another than password'),
  )
})

test('pacts with other providers are left out, and said to be', async () => {
  const other = write('other.json', { ...V2, provider: { name: 'Stripe' } })
  const both = await verifyProvider({ zapsign: create(), pacts: [other, write('ours.json', V2)] })
  expect(both).toMatchObject({ kept: true, skipped: [`${other} is a pact with Stripe`] })
  expect(both.interactions).toHaveLength(2)
  expect(await verifyProvider({ zapsign: create(), pacts: [other] })).toEqual({
    kept: false,
    interactions: [],
    skipped: [`${other} is a pact with Stripe`],
  })
})

test.each<[string, object, object]>([
  ['specification 1', { provider_state: 'the user can sign in' }, {}],
  ['a list of names', { providerStates: ['the user can sign in'] }, V3.metadata],
  ['a name for a list', { providerStates: 'the user can sign in' }, V3.metadata],
  ['a byte order mark', { providerState: 'the user can sign in' }, V2.metadata],
])('a state as %s has it is brought about', async (_, state, metadata) => {
  const { providerState, ...login } = V2.interactions[0] ?? {}
  const pact = { ...V2, metadata, interactions: [{ ...login, ...state }] }
  const file = write('state.json', `\ufeff${JSON.stringify(pact)}`)
  const zapsign = create()
  zapsign.users.remove('dev@example.com.br')
  expect(await verifyProvider({ zapsign, pacts: [file] })).toMatchObject({ kept: true })
})

/** As much of a Pact broker as a verification asks for. */
async function startBroker(pact: object, changes: Record<string, unknown> = {}) {
  const asked: {
    method: string | undefined
    url: string | undefined
    authorization: string | undefined
    body: string
  }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url } = request
    asked.push({ method, url, authorization: request.headers.authorization, body })
    const self = `http://${request.headers.host}`
    const answers: Record<string, unknown> = {
      '/': { _links: { 'pb:provider-pacts-for-verification': { href: `${self}/for/{provider}` } } },
      '/for/ZapSign': { _embedded: { pacts: [{ _links: { self: { href: `${self}/pact` } } }] } },
      '/pact': {
        ...pact,
        _links: { 'pb:publish-verification-results': { href: `${self}/results` } },
      },
      '/results': {},
      ...changes,
    }
    response.statusCode = answers[url ?? ''] ? 200 : 404
    response.setHeader('content-type', 'application/hal+json')
    response.end(JSON.stringify(answers[url ?? ''] ?? {}))
  })
  return { asked, url: await listen(server) }
}

test('pacts come from a broker, and results go back to it', async () => {
  const { url, asked } = await startBroker(V2)
  const { kept } = await verifyProvider({
    zapsign: create(),
    brokerBaseUrl: url,
    brokerToken: 'hidden-token',
    providerVersion: '1.2.3',
    publish: true,
  })
  expect(kept).toBe(true)
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /',
    'POST /for/ZapSign',
    'GET /pact',
    'POST /results',
  ])
  expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer hidden-token']),
  )
  expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({
    success: true,
    providerApplicationVersion: '1.2.3',
  })
})

test('a result that is not good is published as such; nothing is, unless that is asked for', async () => {
  const { url, asked } = await startBroker({
    ...V2,
    interactions: [{ ...V2.interactions[1], response: { status: 200 } }],
  })
  const options = { zapsign: create(), brokerBaseUrl: url }
  expect((await verifyProvider(options)).kept).toBe(false)
  expect(asked.some(({ url }) => url === '/results')).toBe(false)
  await verifyProvider({ ...options, providerVersion: '1', publish: true })
  expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({ success: false })
})

test('of what was not checked nothing is published, and that is said', async () => {
  const { url: brokerBaseUrl, asked } = await startBroker(
    JSON.parse(writePact('any client', ['rateLimited'])),
  )
  const { url: baseUrl } = await startForeign()
  const publishing = { brokerBaseUrl, providerVersion: '1', publish: true }
  expect(await verifyProvider({ baseUrl, ...ANA, ...publishing })).toMatchObject({
    kept: false,
    interactions: [{ result: 'notChecked' }],
    unpublished: [`${brokerBaseUrl}/pact was not published: nothing of it was checked`],
  })
  expect(asked.some(({ url }) => url === '/results')).toBe(false)
})

test('results are there though they could not be published', async () => {
  const { url } = await startBroker(V2, { '/results': undefined })
  const report = await verifyProvider({
    zapsign: create(),
    brokerBaseUrl: url,
    providerVersion: '1',
    publish: true,
  })
  expect(report).toMatchObject({
    kept: true,
    publishError: `The broker at ${url}/results answered with 404`,
  })
  expect(report.interactions).toHaveLength(2)
})

test('a result that cannot be published keeps no other from being published or told of', async () => {
  const links = (self: string, name: string) => ({
    _links: { 'pb:publish-verification-results': { href: `${self}/results/${name}` } },
  })
  const pacts: Record<string, unknown> = {}
  const { url, asked } = await startBroker(V2, pacts)
  Object.assign(pacts, {
    '/for/ZapSign': {
      _embedded: {
        pacts: ['none', 'refused', 'fine'].map((name) => ({
          _links: { self: { href: `${url}/${name}` } },
        })),
      },
    },
    '/none': {
      ...V2,
      interactions: [{ ...V2.interactions[1], response: { status: 301 } }],
      ...links(url, 'none'),
    },
    '/refused': { ...V2, ...links(url, 'refused') },
    '/fine': { ...V2, ...links(url, 'fine') },
    '/results/fine': {},
  })
  const options = { brokerBaseUrl: url, providerVersion: '1', publish: true }
  const report = await verifyProvider({ zapsign: create(), ...options })
  expect(asked.filter(({ url }) => url?.startsWith('/results')).map(({ url }) => url)).toEqual([
    '/results/refused',
    '/results/fine',
  ])
  expect(report).toMatchObject({
    kept: true,
    unpublished: [`${url}/none was not published: nothing of it was checked`],
    publishError: `The broker at ${url}/results/refused answered with 404`,
  })
})

test('words of a reply are not withheld from what is said of it', async () => {
  const zapsign = tampered(
    onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) + 14_400 })),
  )
  const wordy = {
    ...zapsign,
    reply: async (request: ApiRequest) => {
      const reply = await zapsign.reply(request)
      if (reply.status !== 200) return reply
      return { ...reply, ...json({ ...JSON.parse(reply.body), type: 'access', note: 'lives' }) }
    },
  }
  const pacts = [write('one.json', writePact('x', ['authenticated']))]
  const { interactions } = await verifyProvider({ zapsign: wordy, pacts })
  expect(interactions[0]?.faults).toEqual(['access lives for 18000 s, 3600 s are specified'])
})

test('what is wrong with every login before an interaction is said once', async () => {
  const baseUrl = await startTampered(onStatus(401, () => ({ status: 200, body: '{}' })))
  const pacts = [pactOf('rateLimited')]
  const options = { baseUrl, ...ANA, includeRateLimit: true, pacts }
  const { interactions } = await verifyProvider(options)
  const faults = interactions[0]?.faults ?? []
  expect(faults.filter((fault) => fault.startsWith('the login before it'))).toEqual([
    'the login before it: refresh is no decodable JWT',
    'the login before it: access is no decodable JWT',
  ])
})

test('pacts that are named are verified beside those of a broker', async () => {
  const { url } = await startBroker(V2)
  const pacts = [write('named.json', V3)]
  const { interactions } = await verifyProvider({ zapsign: create(), pacts, brokerBaseUrl: url })
  expect(interactions.map(({ description }) => description)).toEqual(
    [...V3.interactions, ...V2.interactions].map(({ description }) => description),
  )
})

test.each<[string, Record<string, unknown>, string]>([
  ['no pact', { '/pact': 1 }, '/pact answered with no JSON object'],
  [
    'a list of nothing',
    { '/for/ZapSign': { _embedded: { pacts: [1] } } },
    ' does not say where a pact of it is',
  ],
  ['no list', { '/for/ZapSign': { _embedded: { pacts: 1 } } }, ' lists no pacts'],
])('a broker with %s is said to be wrong', async (_, answers, message) => {
  const { url } = await startBroker(V2, answers)
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    url + message,
  )
})

test('a broker that is none, or not there, is said to be', async () => {
  const url = await listen(createServer((_, response) => response.end('{}')))
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    `${url} is no Pact broker: it offers no pacts for verification`,
  )
  await expect(
    verifyProvider({ zapsign: create(), brokerBaseUrl: 'http://127.0.0.1:1' }),
  ).rejects.toThrow(/^The broker at http:\/\/127\.0\.0\.1:1 did not answer: /)
})
