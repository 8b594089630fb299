import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { type PromiseName, promises, verifyProvider } from '../../../contracts/index.js'
import { writePact } from '../../../contracts/pact/write-pact.js'
import { verifyCases, verifyLines } from '../../../contracts/provider/verify-lines.js'
import type { ApiRequest, ZapSign } from '../../../src/index.js'
import {
  ANA,
  BOTH,
  create,
  decode,
  json,
  onBody,
  onStatus,
  onTokens,
  type Tamper,
  tampered,
  useResources,
  V2,
  verifyQuickly,
} from './support.js'

const { listen, pactOf, startTampered, write } = useResources()

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

test('a missing token pair is not reported as two equal tokens', async () => {
  const zapsign = tampered(onBody(200, () => ({})))
  const { interactions } = await verifyProvider({ zapsign, pacts: [pactOf('authenticated')] })
  expect(interactions[0]?.faults).toEqual([
    'refresh is missing',
    'access is missing',
    '$: Actual map is missing the following keys: access, refresh',
  ])
})

test('a refresh may return the refresh token that was sent', async () => {
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

/** A pact that requires only the status of a promise's reply. */
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
])('the documented body of %s is required even by a loose pact', async (name, tamper, message) => {
  const pacts = [loosePact(name)]
  const [fault] = (await verifyProvider({ zapsign: tampered(tamper), pacts })).interactions
  expect(fault).toMatchObject({
    result: 'broken',
    faults: expect.arrayContaining([expect.stringContaining(message)]),
  })
  expect((await verifyProvider({ zapsign: create(), pacts })).kept).toBe(true)
})

test('a refresh that returns the access token of the login is broken', async () => {
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
        'access has a jti that was used before',
        'access has a lifetime of 3000 s, expected 3600 s',
        'access has less time left than the one of the login before it: it is not fresh',
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
])('a provider with %s is right', async (_, tamper) => {
  const { kept, interactions } = await verifyProvider({ zapsign: tampered(tamper) })
  expect([kept, interactions.filter(({ result }) => result !== 'kept')]).toEqual([true, []])
})

test('a lifetime may differ by as much as clocks may', async () => {
  const late = (seconds: number) =>
    verifyProvider({
      zapsign: tampered(
        onTokens(BOTH, (payload) => ({ ...payload, exp: Number(payload['exp']) - seconds })),
      ),
      pacts: [pactOf('authenticated')],
    })
  expect([(await late(59)).kept, (await late(61)).kept]).toEqual([true, false])
})

const NO_EXPIRED_TOKEN =
  'an expired token cannot be obtained here without providerStatesUrl (--provider-states-url); a token signed with an unknown key was refused as specified'

test('at a URL its own credentials replace those in the pact, and states that cannot be set up are not checked', async () => {
  const { url, zapsign } = await startTampered()
  const { kept, interactions } = await verifyQuickly({ baseUrl: url, ...ANA })
  expect(kept).toBe(true)
  expect(interactions.map(({ promise, result, reason }) => [promise, result, reason])).toEqual([
    ['authenticated', 'kept', undefined],
    ['invalidCredentials', 'kept', undefined],
    [
      'rateLimited',
      'notChecked',
      'it locks the account; includeRateLimit (--include-rate-limit) checks it',
    ],
    ['refreshed', 'kept', undefined],
    ['refreshRefused', 'notChecked', NO_EXPIRED_TOKEN],
    ['authorized', 'kept', undefined],
    ['expired', 'notChecked', NO_EXPIRED_TOKEN],
  ])
  expect(zapsign.journal.count(({ path }) => path.includes('11111'))).toBe(0)
  expect(zapsign.journal.count({ outcome: 'rateLimited' })).toBe(0)
})

test('the login limit is checked on request, after everything else', async () => {
  const { url, zapsign } = await startTampered(undefined, { loginLimit: { attempts: 12 } })
  const { kept, interactions } = await verifyQuickly({
    baseUrl: url,
    ...ANA,
    includeRateLimit: true,
  })
  expect([kept, interactions[2]]).toMatchObject([true, { promise: 'rateLimited', result: 'kept' }])
  expect(zapsign.journal.entries.at(-1)).toMatchObject({ outcome: 'rateLimited' })
})

test('a provider without a login limit is broken after 20 failed logins', async () => {
  const { url, zapsign } = await startTampered(undefined, { loginLimit: false })
  const { interactions } = await verifyQuickly({ baseUrl: url, ...ANA, includeRateLimit: true })
  expect(interactions[2]).toMatchObject({
    result: 'broken',
    faults: expect.arrayContaining([
      expect.stringContaining('the provider still answered failed login 20 in a row with 401'),
    ]),
  })
  expect(zapsign.journal.count({ outcome: 'invalidCredentials' })).toBeLessThanOrEqual(21)
})

test('a refusal of a token signed with an unknown key must have the documented form', async () => {
  const foreign = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.statusCode = request.url?.includes('refresh') ? 401 : 200
    response.end('{"error":"no"}')
  })
  const url = await listen(foreign)
  const { interactions } = await verifyQuickly({
    baseUrl: url,
    ...ANA,
    pacts: [pactOf('refreshRefused')],
  })
  expect(interactions).toMatchObject([{ result: 'broken' }])
})

test('the logins that a state needs are checked too', async () => {
  const tamper = onTokens(['refresh'], (payload) => ({ ...payload, token_type: 'access' }))
  const pacts = [pactOf('authorized')]
  const { interactions } = await verifyQuickly({
    baseUrl: (await startTampered(tamper)).url,
    ...ANA,
    pacts,
  })
  expect(interactions).toMatchObject([
    {
      result: 'broken',
      faults: expect.arrayContaining(['the login before it: refresh has the token_type "access"']),
    },
  ])
})

/** Replies with the time of the mock, which does not stand still while a state waits. */
const withDate: Tamper = (reply, _, it) => ({
  ...reply,
  headers: { ...reply.headers, date: it.time.now().toUTCString() },
})

test('a refresh at a URL that keeps the expiry of the login is not fresh', async () => {
  let expiry: unknown
  const keepExpiry: Tamper = async (reply, request, it) => {
    if (reply.status !== 200 || !request.path.includes('/auth/'))
      return withDate(reply, request, it)
    const { access } = JSON.parse(reply.body)
    if (!request.path.includes('refresh')) expiry = decode(access.split('.')[1]).exp
    const kept = onTokens(['access'], (payload) => ({ ...payload, exp: expiry }))
    return withDate(await kept(reply, request, it), request, it)
  }
  const { url, zapsign } = await startTampered(keepExpiry)
  const options = { baseUrl: url, ...ANA, pacts: [pactOf('refreshed')] }
  const { interactions } = await verifyQuickly(options, (ms) => zapsign.time.advance(`${ms}ms`))
  expect(interactions).toMatchObject([
    {
      result: 'broken',
      faults: ['access has less time left than the one of the login before it: it is not fresh'],
    },
  ])
})

test.each([-3, 3])(
  'two machines behind one address, with clocks %i s apart, are not blamed for it',
  async (skew) => {
    const skewed: Tamper = async (reply, request, it) => {
      if (!request.path.includes('refresh')) return withDate(reply, request, it)
      const late = onTokens(['access'], (payload) => ({
        ...payload,
        exp: Number(payload['exp']) + skew,
      }))
      const date = new Date(it.time.now().getTime() + skew * 1000).toUTCString()
      const changed = await late(reply, request, it)
      return { ...changed, headers: { ...changed.headers, date } }
    }
    const { url, zapsign } = await startTampered(skewed)
    const options = { baseUrl: url, ...ANA, pacts: [pactOf('refreshed')] }
    const report = await verifyQuickly(options, (ms) => zapsign.time.advance(`${ms}ms`))
    expect(report.interactions).toMatchObject([{ result: 'kept' }])
  },
)

test('a redirect is not followed, so it gets no token', async () => {
  const elsewhere: unknown[] = []
  const other = await listen(createServer((request) => elsewhere.push(request.headers)))
  const { url } = await startTampered()
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
  const { interactions } = await verifyQuickly({ baseUrl: foreign, ...ANA, pacts })
  expect(interactions[0]?.faults).toEqual([
    'expected 200 but was 302',
    `the provider redirected to ${other}`,
  ])
  expect(elsewhere).toEqual([])
})

test('no token and no password is shown, whatever it looks like', async () => {
  const opaque = { access: 'opaque/one', refresh: 'opaque"two' }
  const foreign = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.setHeader('content-type', 'application/json')
    const said = { ...opaque, count: [body, request.headers.authorization], detail: body }
    response.end(JSON.stringify(said))
  })
  const password = 'pass"wörd/1'
  const report = await verifyQuickly({
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
])('a base URL and an organization with %s make a URL', async (_, baseUrlOf, organization) => {
  const { url } = await startTampered(undefined, { organizations: [{ id: organization }] })
  const { interactions } = await verifyQuickly({
    baseUrl: baseUrlOf(url),
    ...ANA,
    organization,
    includeRateLimit: true,
  })
  expect(interactions.filter(({ result }) => result === 'broken')).toEqual([])
})

test('the wrong password in the options is the one that is sent', async () => {
  const password = 'WrongPassword123'
  const { url } = await startTampered(undefined, { users: [{ username: ANA.username, password }] })
  const { kept, interactions } = await verifyQuickly({
    baseUrl: url,
    ...ANA,
    password,
    wrongPassword: 'other',
    includeRateLimit: true,
  })
  expect([kept, interactions[2]?.result]).toEqual([true, 'kept'])
})

test('wrong credentials at a URL are named as the cause, without being shown', async () => {
  const { url } = await startTampered()
  const { kept, interactions } = await verifyQuickly({
    baseUrl: url,
    ...ANA,
    password: 'hidden-value-2',
  })
  expect(kept).toBe(false)
  expect(interactions[3]).toMatchObject({
    result: 'broken',
    faults: expect.arrayContaining([
      'the state "the refresh token is valid" could not be set up: the provider answered the login with 401',
    ]),
  })
  expect(JSON.stringify(interactions)).not.toContain('hidden-value')
})

test('a provider that does not answer is broken', async () => {
  const { kept, interactions } = await verifyQuickly({
    baseUrl: 'http://127.0.0.1:1',
    ...ANA,
    pacts: [pactOf('authenticated')],
  })
  expect([kept, interactions[0]?.faults]).toEqual([
    false,
    ['the provider did not answer: ECONNREFUSED'],
  ])
})

/** Records the requests, and answers each with an empty object. */
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

/** A pact in specification 4 about requests that only have to arrive. */
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

test('the provider receives every body as the pact has it', async () => {
  const { heard, url } = await startListener()
  const long = 'y'.repeat(200_000)
  const pact = pactOfRequests(
    ofType('application/json', '{"username":'),
    ofType('application/json', null),
    ofType('application/json', { long }),
    ofType('application/x-www-form-urlencoded', 'username=dev%40example.com.br&password=a'),
    { method: 'OPTIONS' },
  )
  const { interactions } = await verifyQuickly({ baseUrl: url, ...ANA, pacts: [pact] })
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

test('an interaction whose request never reached the provider is broken, in the words of Pact', async () => {
  const { heard, url } = await startListener()
  const pacts = [pactOfRequests({ method: 'FROB' })]
  expect(await verifyQuickly({ baseUrl: url, ...ANA, pacts })).toMatchObject({
    kept: false,
    interactions: [
      {
        result: 'broken',
        faults: ['the request did not reach the provider: Pact says "expected 200 but was 400"'],
      },
    ],
  })
  expect(heard).toEqual([])
})

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

test.each([
  ['2', V2],
  ['3', V3],
])('a handwritten pact in specification %s can be verified', async (_, pact) => {
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
  ['no metadata', { metadata: undefined }],
  [
    'a plugin that is not installed',
    { metadata: { ...V3.metadata, plugins: [{ name: 'x', version: '1' }] } },
  ],
])('a pact in specification 3 with %s can be verified', async (_, changes) => {
  const file = write('three.json', { ...V3, ...changes })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({
    kept: true,
    interactions: [{ result: 'kept' }, { result: 'kept' }],
  })
})

test('in specification 2 a state keeps its parameters too', async () => {
  const response = { status: 200, body: {} }
  const file = write('two.json', { ...V2, interactions: [{ ...V3.interactions[0], response }] })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({ kept: true })
})

test.each([{ providerState: '' }, { providerStates: [{ name: '' }] }, { providerState: null }])(
  '%j is not a state',
  async (state) => {
    const file = write('none.json', { ...V2, interactions: [{ ...V2.interactions[1], ...state }] })
    expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({ kept: true })
  },
)

test('an interaction about a message is not checked; the others are', async () => {
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

test('an interaction that Pact cannot read is broken, and the others are checked', async () => {
  const pact = JSON.parse(writePact('by hand', ['authenticated', 'refreshed']))
  const { type, ...typeless } = pact.interactions[1]
  const file = write('typeless.json', { ...pact, interactions: [pact.interactions[0], typeless] })
  expect(await verifyProvider({ zapsign: create(), pacts: [file] })).toMatchObject({
    kept: false,
    interactions: [
      { result: 'kept' },
      {
        result: 'broken',
        faults: [
          'the request did not reach the provider: Pact says "Interaction 0 has no type attribute."',
        ],
      },
    ],
  })
})

test('a pact that cannot be read fails the run, and the others are checked', async () => {
  const damaged = write('damaged.json', { consumer: { name: 'web' } })
  const missing = `${damaged}.missing`
  const pacts = [damaged, pactOf('authenticated'), missing]
  const report = await verifyProvider({ zapsign: create(), pacts })
  expect(report).toMatchObject({
    kept: false,
    interactions: [{ result: 'kept' }],
    unreadable: [
      `${damaged} is not a pact: it names no provider`,
      `${missing} cannot be read: there is no such file`,
    ],
  })
  expect(verifyLines(report).map(({ mark }) => mark)).toEqual(['kept', 'broken', 'broken'])
  expect(verifyCases(report, new WeakMap()).map(({ failure }) => failure)).toEqual([
    undefined,
    ...(report.unreadable ?? []),
  ])
})

test('a run without a readable pact is refused', async () => {
  const damaged = write('damaged.json', [])
  await expect(verifyProvider({ zapsign: create(), pacts: [damaged] })).rejects.toThrow(
    expect.objectContaining({
      name: 'PactFileError',
      message: `${damaged} is not a pact: it is not an object`,
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
      {
        result: 'notChecked',
        reason: 'Pact follows redirects: it cannot verify a reply that is one',
      },
    ],
  })
})

test('a pending interaction with faults does not fail the run, and is not kept', async () => {
  const pact = JSON.parse(writePact('by hand', ['authenticated']))
  const pending = { ...pact.interactions[0], pending: true }
  const interactions = [pending, { ...pending, response: { status: 418 } }]
  const file = write('pending.json', { ...pact, interactions })
  const report = await verifyProvider({ zapsign: create(), pacts: [file] })
  expect(report).toMatchObject({
    kept: true,
    interactions: [
      { result: 'kept' },
      { result: 'notChecked', reason: 'it is pending: expected 418 but was 200', pending: true },
    ],
  })
})

test('interactions of several pacts with the same description are distinguished', async () => {
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

test('an unknown state breaks its own interaction only, and the known ones are listed', async () => {
  const [login, wrong] = V2.interactions
  const pact = { ...V2, interactions: [{ ...login, providerState: 'a user exists' }, wrong] }
  const pacts = [write('state.json', pact)]
  expect(await verifyProvider({ zapsign: create(), pacts })).toMatchObject({
    kept: false,
    interactions: [
      {
        result: 'broken',
        faults: [
          'the provider state "a user exists" is unknown; the known states are "the user can sign in", "login attempts are exceeded", "the refresh token is valid", "the refresh token has expired", "the access token is valid", "the access token has expired"',
        ],
      },
      { result: 'kept' },
    ],
  })
})

test('another wrong password is sent where the default one is right', async () => {
  const { username } = ANA
  const password = 'WrongPassword123'
  const { url } = await startTampered(undefined, { users: [{ username, password }] })
  const pacts = [pactOf('invalidCredentials')]
  const { kept } = await verifyQuickly({ baseUrl: url, ...ANA, password, pacts })
  expect(kept).toBe(true)
})

test('pacts with other providers are skipped and listed', async () => {
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
])('a state as written in %s is set up', async (_, state, metadata) => {
  const { providerState, ...login } = V2.interactions[0] ?? {}
  const pact = { ...V2, metadata, interactions: [{ ...login, ...state }] }
  const file = write('state.json', `\ufeff${JSON.stringify(pact)}`)
  const zapsign = create()
  zapsign.users.remove('dev@example.com.br')
  expect(await verifyProvider({ zapsign, pacts: [file] })).toMatchObject({ kept: true })
})

test('short words of a reply are not withheld in messages', async () => {
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
  expect(interactions[0]?.faults).toEqual(['access has a lifetime of 18000 s, expected 3600 s'])
})

test('a fault of every login before an interaction is named once', async () => {
  const { url: baseUrl } = await startTampered(onStatus(401, () => ({ status: 200, body: '{}' })))
  const pacts = [pactOf('rateLimited')]
  const options = { baseUrl, ...ANA, includeRateLimit: true, pacts }
  const { interactions } = await verifyProvider(options)
  const faults = interactions[0]?.faults ?? []
  expect(faults.filter((fault) => fault.startsWith('failed login'))).toEqual([
    'failed login 1 before it: expected 401 or 400 but was 200',
  ])
})
