import { createServer } from 'node:http'
import { expect, test, vi } from 'vitest'
import { verifyProvider } from '../../../contracts/index.js'
import { writePact } from '../../../contracts/pact/write-pact.js'
import { createPactBroker } from './pact-broker.js'
import { create, useResources, V2 } from './support.js'

const { serve, listen, startTampered, write } = useResources()

const [LOGIN, WRONG] = V2.interactions
const RIGHT = {
  ...V2,
  interactions: [
    { ...LOGIN, _id: 'id-1' },
    { ...WRONG, _id: 'id-2' },
  ],
}
const BROKEN = { ...V2, interactions: [{ ...WRONG, _id: 'id-2', response: { status: 200 } }] }
/** An interaction that is never checked. */
const MESSAGE = { type: 'Asynchronous/Messages', description: 'a message' }

async function start(options: Parameters<typeof createPactBroker>[0]) {
  const { listener, requests } = createPactBroker(options)
  const url = await serve(listener)
  const lines = () => requests.map(({ method, url }) => `${method} ${url}`)
  return { url, requests, lines }
}

const PUBLISH = { providerVersion: '1.2.3', publish: true }
const PACT = '/pacts/provider/ZapSign/consumer/web/pact-version'
const LIST = '/pacts/provider/ZapSign/for-verification'

test('pacts come from a broker, and their results are published with each interaction', async () => {
  const { url, requests, lines } = await start({ pacts: { right: RIGHT, broken: BROKEN } })
  const report = await verifyProvider({
    zapsign: create(),
    brokerBaseUrl: url,
    ...PUBLISH,
    buildUrl: 'https://ci.example/build/7',
  })
  expect(report.kept).toBe(false)
  expect(lines()).toEqual([
    'GET /',
    `POST ${LIST}`,
    `GET ${PACT}/right`,
    `GET ${PACT}/broken`,
    `POST ${PACT}/right/verification-results`,
    `POST ${PACT}/broken/verification-results`,
  ])
  expect(requests[1]?.body).toEqual({
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    includePendingStatus: false,
  })
  const common = {
    providerApplicationVersion: '1.2.3',
    buildUrl: 'https://ci.example/build/7',
    verifiedBy: { implementation: 'zapsign-mock', version: expect.stringMatching(/^\d/) },
  }
  expect(requests[4]?.body).toEqual({
    ...common,
    success: true,
    testResults: [
      { interactionId: 'id-1', interactionDescription: LOGIN?.description, success: true },
      { interactionId: 'id-2', interactionDescription: WRONG?.description, success: true },
    ],
  })
  expect(requests[5]?.body).toEqual({
    ...common,
    success: false,
    testResults: [
      {
        interactionId: 'id-2',
        interactionDescription: WRONG?.description,
        success: false,
        mismatches: [{ description: 'expected 200 but was 401' }],
      },
    ],
  })
})

test('nothing is published without being asked for', async () => {
  const { url, lines } = await start({ pacts: { right: RIGHT } })
  await verifyProvider({ zapsign: create(), brokerBaseUrl: url })
  expect(lines()).toEqual(['GET /', `POST ${LIST}`, `GET ${PACT}/right`])
})

test.each([
  ['a bearer token', { brokerToken: 'hidden' }, 'Bearer hidden'],
  [
    'a user name and a password',
    { brokerUsername: 'ana', brokerPassword: 'hid:den' },
    `Basic ${Buffer.from('ana:hid:den').toString('base64')}`,
  ],
])('every request to the broker carries %s', async (_, credentials, authorization) => {
  const { url, requests } = await start({ pacts: { right: RIGHT }, authorization })
  const options = { brokerBaseUrl: url, ...credentials, ...PUBLISH }
  expect(await verifyProvider({ zapsign: create(), ...options })).toMatchObject({ kept: true })
  expect(requests).toHaveLength(4)
  expect(new Set(requests.map((one) => one.authorization))).toEqual(new Set([authorization]))
})

test('the selectors, the branch, pending and work in progress are asked for', async () => {
  const { url, requests } = await start({ pacts: { right: RIGHT } })
  await verifyProvider({
    zapsign: create(),
    brokerBaseUrl: url,
    consumerVersionSelectors: [{ branch: 'feat', consumer: 'web' }, { matchingBranch: true }],
    providerBranch: 'main',
    enablePending: true,
    includeWipPactsSince: '2026-01-31',
  })
  expect(requests[1]?.body).toEqual({
    consumerVersionSelectors: [{ branch: 'feat', consumer: 'web' }, { matchingBranch: true }],
    includePendingStatus: true,
    includeWipPactsSince: '2026-01-31',
    providerVersionBranch: 'main',
  })
})

test('the version is created on its branch before the first result', async () => {
  const { url, lines } = await start({ pacts: { right: RIGHT, again: RIGHT } })
  const options = { brokerBaseUrl: url, ...PUBLISH, providerBranch: 'feat/x' }
  await verifyProvider({ zapsign: create(), ...options })
  expect(lines().slice(4)).toEqual([
    'GET /pacticipants/ZapSign',
    'PUT /pacticipants/ZapSign/branches/feat%2Fx/versions/1.2.3',
    `POST ${PACT}/right/verification-results`,
    `POST ${PACT}/again/verification-results`,
  ])
})

test('a broker without branches is named, and nothing is published', async () => {
  const { url, lines } = await start({ pacts: { right: RIGHT }, hasBranches: false })
  const options = { brokerBaseUrl: url, ...PUBLISH, providerBranch: 'main' }
  expect(await verifyProvider({ zapsign: create(), ...options })).toMatchObject({
    kept: true,
    publishError: 'The broker has no branches (older than 2.86): omit providerBranch',
  })
  expect(lines().filter((line) => line.includes('results'))).toEqual([])
})

test('another name of the provider selects its pacts, in the broker and in files', async () => {
  const named = { ...RIGHT, provider: { name: 'zapsign-api' } }
  const list = { _embedded: { pacts: [] } }
  const path = '/pacts/provider/zapsign-api/for-verification'
  const { url, lines } = await start({ pacts: {}, replies: { [path]: [200, list] } })
  const pacts = [write('named.json', named), write('other.json', RIGHT)]
  const options = { zapsign: create(), brokerBaseUrl: url, provider: 'ZapSign-API', pacts }
  const report = await verifyProvider({ ...options, provider: 'zapsign-api' })
  expect(lines()).toContain(`POST ${path}`)
  expect(report.interactions).toHaveLength(2)
  expect(report.skipped).toEqual([expect.stringMatching(/other\.json is a pact with ZapSign$/)])
})

test.each([{ pending: true }, { pending: true, wip: true }, { wip: true }])(
  'a broken pact with %j does not fail the run, is shown, and is published as broken',
  async (properties) => {
    const { url, requests } = await start({
      pacts: { broken: BROKEN },
      properties: { broken: properties },
    })
    const options = { brokerBaseUrl: url, enablePending: true, ...PUBLISH }
    expect(await verifyProvider({ zapsign: create(), ...options })).toEqual({
      kept: true,
      interactions: [
        {
          consumer: 'by hand',
          description: WRONG?.description,
          result: 'notChecked',
          reason: 'it is pending: expected 200 but was 401',
          pending: true,
        },
      ],
    })
    expect(requests.at(-1)?.body).toMatchObject({ success: false })
  },
)

test("the URL of a webhook's pact is verified alone, and its result is published", async () => {
  const { url, lines } = await start({ pacts: { right: RIGHT }, authorization: 'Bearer t' })
  const pacts = [`${url}${PACT}/right?x=1`]
  const options = { zapsign: create(), brokerToken: 't', ...PUBLISH }
  expect(await verifyProvider({ ...options, pacts })).toMatchObject({ kept: true })
  expect(await verifyProvider({ ...options, pacts, brokerBaseUrl: url })).toMatchObject({
    kept: true,
  })
  const once = [`GET ${PACT}/right?x=1`, `POST ${PACT}/right/verification-results`]
  expect(lines()).toEqual([...once, ...once])
})

test("the broker's credentials go to its own host only, and that is named where it matters", async () => {
  const other = await start({ pacts: { right: RIGHT }, authorization: 'Bearer hidden' })
  const { url } = await start({ pacts: { right: RIGHT }, linkBase: other.url })
  const options = { zapsign: create(), brokerBaseUrl: url, brokerToken: 'hidden' }
  await expect(verifyProvider(options)).rejects.toThrow(
    `The broker at ${other.url}${LIST} cannot be used: it answered 401, and is on another host than ${url}, so no credentials were sent`,
  )
  expect(other.requests.map(({ authorization }) => authorization)).toEqual([undefined])
})

test('a redirect to another host is followed without credentials', async () => {
  const other = await start({ pacts: { right: RIGHT } })
  const url = await serve((request, response) => {
    response.writeHead(307, { location: other.url + request.url }).end()
  })
  const pacts = [`${url}${PACT}/right`]
  const report = await verifyProvider({ zapsign: create(), pacts, brokerToken: 'hidden' })
  expect(report.kept).toBe(true)
  expect(other.requests.map(({ authorization }) => authorization)).toEqual([undefined])
})

test('endless redirects are aborted', async () => {
  const url = await serve((_, response) => response.writeHead(302, { location: '/' }).end())
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    'it answered 302 and redirects to /',
  )
})

test('a pact of which not everything was checked is not published, with the reason', async () => {
  const mixed = { ...RIGHT, interactions: [...RIGHT.interactions, MESSAGE] }
  const v4 = JSON.parse(writePact('web', ['authenticated']))
  const pact = { ...v4, interactions: [...v4.interactions, MESSAGE] }
  const { url, lines } = await start({ pacts: { mixed: pact, right: RIGHT } })
  expect(mixed.interactions).toHaveLength(3)
  const options = { brokerBaseUrl: url, ...PUBLISH }
  const report = await verifyProvider({ zapsign: create(), ...options })
  expect(report).toMatchObject({
    kept: true,
    unpublished: [
      `${url}${PACT}/mixed was not published: 1 of 2 interactions was not checked ("a message": it is about a message, not HTTP)`,
    ],
  })
  expect(lines().filter((line) => line.includes('results'))).toEqual([
    `POST ${PACT}/right/verification-results`,
  ])
})

test('a pact that a provider at a URL cannot be checked against is not published', async () => {
  const pact = JSON.parse(writePact('any client', ['rateLimited']))
  const { url: brokerBaseUrl, lines } = await start({ pacts: { limit: pact } })
  const { url: baseUrl } = await startTampered()
  const login = { organization: '777', username: 'ana@example.com', password: 'hidden-value-1' }
  const report = await verifyProvider({ baseUrl, ...login, brokerBaseUrl, ...PUBLISH })
  expect(report).toMatchObject({
    kept: false,
    unpublished: [expect.stringContaining('1 of 1 interactions was not checked')],
  })
  expect(lines().some((line) => line.includes('results'))).toBe(false)
})

test('a result that cannot be published does not stop the others from being published', async () => {
  const { url, lines } = await start({
    pacts: { refused: RIGHT, fine: RIGHT },
    replies: { [`${PACT}/refused/verification-results`]: [503, {}] },
  })
  const report = await verifyProvider({ zapsign: create(), brokerBaseUrl: url, ...PUBLISH })
  expect(report).toMatchObject({
    kept: true,
    publishError: `The broker at ${url}${PACT}/refused/verification-results cannot be used: it answered 503`,
  })
  expect(lines().at(-1)).toBe(`POST ${PACT}/fine/verification-results`)
})

test('files are verified together with the pacts of a broker', async () => {
  const { url } = await start({ pacts: { right: RIGHT } })
  const pacts = [write('named.json', BROKEN)]
  const { interactions } = await verifyProvider({ zapsign: create(), pacts, brokerBaseUrl: url })
  expect(interactions.map(({ result }) => result)).toEqual(['broken', 'kept', 'kept'])
})

test.each<[string, readonly [number, unknown], string]>([
  [
    'a validation error',
    [400, { errors: { consumerVersionSelectors: ['are wrong', 'are odd'] } }],
    'it answered 400: consumerVersionSelectors are wrong, are odd',
  ],
  ['a list of errors', [422, { errors: ['no such branch'] }], 'it answered 422: no such branch'],
  [
    'an error with a message',
    [500, { error: { message: 'out of memory' } }],
    'it answered 500: out of memory',
  ],
  ['no permission', [403, {}], 'it answered 403: the credentials do not allow this'],
  ['an unknown provider', [404, {}], 'it answered 404: there is nothing at this address'],
  [
    'missing credentials',
    [401, {}],
    'it answered 401: it needs brokerToken (--broker-token), or brokerUsername and brokerPassword (--broker-username, --broker-password)',
  ],
  [
    'a page',
    [200, '<html>'],
    'its reply is not a JSON object: it is not valid JSON at line 1, column 1',
  ],
  ['a list', [200, []], 'its reply is not a JSON object: it is a list, not an object'],
])('a broker that answers with %s is explained in words', async (_, reply, message) => {
  const { url } = await start({ pacts: { right: RIGHT }, replies: { [LIST]: reply } })
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    expect.objectContaining({
      code: 'ERR_BROKER',
      message: `The broker at ${url}${LIST} cannot be used: ${message}`,
    }),
  )
})

test.each<[string, unknown, string]>([
  ['a pact without a URL', { _embedded: { pacts: [1] } }, ' lists a pact without its URL'],
  ['something else than pacts', { _embedded: { pacts: 1 } }, ' lists no pacts'],
  [
    '20,000 pacts',
    { _embedded: { pacts: Array(20_000).fill({}) } },
    ' lists 20000 pacts, more than the limit of 1000: select fewer with consumerVersionSelectors (--consumer-version-selector)',
  ],
])('a broker that lists %s is refused', async (_, list, message) => {
  const { url } = await start({ pacts: {}, replies: { [LIST]: [200, list] } })
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    `The broker at ${url}${message}`,
  )
})

test('a pact in a broker that is not a pact is named by its URL', async () => {
  const { url } = await start({ pacts: { odd: { consumer: {} } } })
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    `${url}${PACT}/odd is not a pact: it names no consumer`,
  )
})

test('a server that is not a broker is named, and so is one that does not listen', async () => {
  const url = await serve((_, response) => response.end('{}'))
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    `${url} is not a Pact broker: it has no pacts for verification`,
  )
  await expect(
    verifyProvider({ zapsign: create(), brokerBaseUrl: 'http://127.0.0.1:1' }),
  ).rejects.toThrow(
    'The broker at http://127.0.0.1:1 cannot be used: it did not answer: nothing listens there (ECONNREFUSED)',
  )
})

test('an endless reply of a broker is cut off, and the limit is named', async () => {
  const url = await serve((_, response) => {
    const pump = () => {
      while (response.write('x'.repeat(100_000)) && !response.destroyed);
      if (!response.destroyed) response.once('drain', pump)
    }
    pump()
  })
  await expect(verifyProvider({ zapsign: create(), brokerBaseUrl: url })).rejects.toThrow(
    `The broker at ${url} cannot be used: the reply is larger than 5 MB`,
  )
})

test.each([
  ['silent', () => {}],
  [
    'dripping',
    (response: import('node:http').ServerResponse) => {
      response.write('{')
      const timer = setInterval(() => response.write(' '), 1000)
      response.on('close', () => clearInterval(timer))
    },
  ],
])('a %s broker is given up after 10 s', async (_, respond) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  try {
    let onAsked = () => {}
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve
    })
    const url = await listen(
      createServer((_, response) => {
        respond(response)
        onAsked()
      }),
    )
    const failure = verifyProvider({ zapsign: create(), brokerBaseUrl: url }).catch(String)
    await asked
    await vi.advanceTimersByTimeAsync(9_999)
    const early = await Promise.race([failure, Promise.resolve('still waiting')])
    await vi.advanceTimersByTimeAsync(1)
    expect([early, await failure]).toEqual([
      'still waiting',
      `BrokerError: The broker at ${url} cannot be used: no complete reply came within 10 s`,
    ])
  } finally {
    vi.useRealTimers()
  }
})
