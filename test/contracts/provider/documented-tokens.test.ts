import { expect, test } from 'vitest'
import { type PromiseName, verifyProvider } from '../../../contracts/index.js'
import type { ApiRequest, ZapSign } from '../../../src/index.js'
import {
  ANA,
  json,
  onBody,
  onStatus,
  onTokens,
  type Payload,
  type Tamper,
  tampered,
  useResources,
  verifyQuickly,
} from './support.js'

const { pactOf, startTampered } = useResources()

const isLogin = ({ path }: ApiRequest) => /\/auth\/token\/[^/]+\/$/.test(path)
const isRefresh = ({ path }: ApiRequest) => path.endsWith('/token-refresh/')
const isPage = ({ path }: ApiRequest) => path.includes('/docs/')

/** Changes the replies to some requests only, counted from 1. */
function nth(
  is: (request: ApiRequest) => boolean,
  numbers: (n: number) => boolean,
  tamper: Tamper,
) {
  let count = 0
  const counted: Tamper = (reply, request, it) => {
    if (!is(request)) return reply
    count += 1
    return numbers(count) ? tamper(reply, request, it) : reply
  }
  return counted
}

const only = (n: number) => (one: number) => one === n
const from = (n: number) => (one: number) => one >= n

const pairOf = async (it: ZapSign) => json(await it.issueTokenPair())
const accepts: Tamper = async (reply, _, it) => ({ ...reply, status: 200, ...(await pairOf(it)) })
const answers =
  (status: number, body: object = {}): Tamper =>
  (reply) => ({ ...reply, status, ...json(body) })
const html = onStatus(200, ({ headers }) => ({
  headers: { ...headers, 'content-type': 'text/html' },
}))

/** Flaws that a look at single exchanges does not show: the promise, and a part of the message. */
const FLAWS: [string, () => Tamper, PromiseName, string][] = [
  // On the way to the login limit.
  [
    'the fourth wrong password is accepted',
    () => nth(isLogin, only(4), accepts),
    'rateLimited',
    'failed login 4 before it: expected 401 or 400 but was 200',
  ],
  [
    'later refusals are worded differently',
    () =>
      nth(
        isLogin,
        from(3),
        onBody(401, () => ({ detail: 'Slow down' })),
      ),
    'rateLimited',
    'failed login 3 before it: detail is not the documented',
  ],
  [
    '500 comes in between',
    () => nth(isLogin, only(3), answers(500)),
    'rateLimited',
    'failed login 3 before it: expected 401 or 400 but was 500',
  ],
  [
    '403 comes in between',
    () => nth(isLogin, only(2), answers(403)),
    'rateLimited',
    'failed login 2 before it: expected 401 or 400 but was 403',
  ],
  [
    '429 comes in between',
    () => nth(isLogin, only(3), answers(429)),
    'rateLimited',
    'the provider answered failed login 3 with 429: 429 is the general limit of ZapSign (500 requests a minute); for exceeded login attempts it documents 400 with {"message":"Rate limit exceeded"}',
  ],
  [
    '429 comes for the right password',
    () => nth(isLogin, from(7), answers(429)),
    'rateLimited',
    'expected 400 but was 429: 429 is the general limit of ZapSign',
  ],
  [
    'a wrong password gets another 400',
    () => nth(isLogin, only(6), answers(400, { message: 'Too many' })),
    'rateLimited',
    'failed login 6 before it: message is not the documented "Rate limit exceeded"',
  ],
  [
    'a refusal is a page',
    () =>
      nth(isLogin, only(2), (reply) => ({ ...reply, headers: { 'content-type': 'text/html' } })),
    'rateLimited',
    'failed login 2 before it: the Content-Type is text/html, expected application/json',
  ],
  // The second reply of a kind.
  [
    'the second login is called a page',
    () => nth(isLogin, only(2), html),
    'authenticated',
    'the Content-Type is text/html, expected application/json',
  ],
  [
    'the second refresh is called a page',
    () => nth(isRefresh, only(2), html),
    'refreshed',
    'the Content-Type is text/html, expected application/json',
  ],
  [
    'the second refresh lives for 5 hours',
    () =>
      nth(
        isRefresh,
        only(2),
        onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) + 14_400 })),
      ),
    'refreshed',
    'access has a lifetime of 18000 s, expected 3600 s',
  ],
  [
    'the second login has no Content-Type',
    () => nth(isLogin, only(2), (reply) => ({ ...reply, headers: {} })),
    'authenticated',
    'the reply has no Content-Type, expected application/json',
  ],
  // All documented claims.
  ...(
    [
      [
        'user_id as text',
        (payload) => ({ ...payload, user_id: '1' }),
        'has the user_id "1", expected an integer',
      ],
      [
        'no user_id',
        ({ user_id, ...payload }) => payload,
        'has the user_id none, expected an integer',
      ],
      [
        'company_id as text',
        (payload) => ({ ...payload, company_id: '11111' }),
        'has the company_id "11111", expected 11111',
      ],
      [
        'the company_id of another organization',
        (payload) => ({ ...payload, company_id: 22222 }),
        'has the company_id 22222, expected 11111',
      ],
      [
        'no company_id',
        ({ company_id, ...payload }) => payload,
        'has the company_id none, expected 11111',
      ],
      ['no type', ({ type, ...payload }) => payload, 'has the type none, expected a string'],
      [
        'a UUID as jti',
        (payload) => ({ ...payload, jti: '8f7d1c9e-0f3b-4f4e-9a55-0d1f2e3a4b5c' }),
        'has the jti "8f7d1c9e-0f3b-4f4e-9a55-0d1f2e3a4b5c", expected 32 hex characters',
      ],
    ] satisfies [string, (payload: Payload) => Payload, string][]
  ).flatMap(([name, change, said]): [string, () => Tamper, PromiseName, string][] => [
    [`${name} in access`, () => onTokens(['access'], change), 'authenticated', `access ${said}`],
    [`${name} in refresh`, () => onTokens(['refresh'], change), 'authenticated', `refresh ${said}`],
  ]),
  [
    'crit in the header',
    () =>
      onTokens(['access'], (payload, header) => Object.assign(header, { crit: ['x'] }) && payload),
    'authenticated',
    'access has the header crit ["x"], which clients must refuse',
  ],
  [
    'a signature of 44 characters',
    () => onBody(200, (body) => ({ ...body, access: `${body['access']}A` })),
    'authenticated',
    'access has a signature of 44 characters, expected 43 for HS256',
  ],
  [
    'another user in access',
    () => onTokens(['access'], (payload) => ({ ...payload, user_id: 2 })),
    'authenticated',
    'access has another user_id than the other token of this login',
  ],
  [
    'another user after a refresh',
    () =>
      nth(
        isRefresh,
        () => true,
        onTokens(['access'], (payload) => ({ ...payload, user_id: 2 })),
      ),
    'refreshed',
    'access has another user_id than the other token of this login',
  ],
  [
    'another organization after a refresh',
    () =>
      nth(
        isRefresh,
        () => true,
        onTokens(['access'], (payload) => ({ ...payload, company_id: 2 })),
      ),
    'refreshed',
    'access has the company_id 2, expected 11111',
  ],
  [
    'one jti for access and refresh',
    () => {
      let jti: unknown
      return onTokens(['refresh', 'access'], (payload) => ({
        ...payload,
        jti: (jti = jti === undefined ? payload['jti'] : jti),
      }))
    },
    'authenticated',
    'access has a jti that was used before',
  ],
  // Tokens across promises.
  [
    'a refreshed token that the page refuses',
    () => nth(isPage, () => true, answers(401)),
    'refreshed',
    'GET /api/v1/docs/ answered the refreshed access token with 401',
  ],
  [
    'a page for a refreshed token without results',
    () =>
      nth(
        isPage,
        () => true,
        onBody(200, ({ results, ...page }) => page),
      ),
    'refreshed',
    'GET /api/v1/docs/ with the refreshed access token: the page has no results',
  ],
  [
    'a token that works once',
    () => nth(isPage, only(2), answers(401)),
    'authorized',
    'the same access token was answered with 401 the second time',
  ],
  [
    'a page for everybody',
    () => nth(isPage, only(3), answers(200, {})),
    'authorized',
    'a request without an Authorization header was answered with 200, expected 403',
  ],
  [
    'an error for a page without a token',
    () => nth(isPage, only(3), answers(500, {})),
    'authorized',
    'a request without an Authorization header was answered with 500, expected 403',
  ],
  // The page's shape.
  [
    'next that is not a URL',
    () =>
      nth(
        isPage,
        () => true,
        onBody(200, (page) => ({ ...page, next: '?page=2' })),
      ),
    'authorized',
    'next is neither null nor a URL',
  ],
  [
    'previous that is a number',
    () =>
      nth(
        isPage,
        () => true,
        onBody(200, (page) => ({ ...page, previous: 1 })),
      ),
    'authorized',
    'previous is neither null nor a URL',
  ],
  [
    'a count below zero',
    () =>
      nth(
        isPage,
        () => true,
        onBody(200, (page) => ({ ...page, count: -1 })),
      ),
    'authorized',
    'count is not a whole number',
  ],
]

test.each(FLAWS)('the flaw "%s" is found', async (_, tamper, promise, message) => {
  const report = await verifyProvider({ zapsign: tampered(tamper()), pacts: [pactOf(promise)] })
  expect([report.kept, report.interactions[0]?.result]).toEqual([false, 'broken'])
  expect(report.interactions[0]?.faults?.join('\n')).toContain(message)
})

test('a jti does not come back within a run at a URL', async () => {
  const jti = '0123456789abcdef0123456789abcdef'
  const tamper = nth(
    isLogin,
    (n) => n === 1 || n === 4,
    onTokens(['access'], (payload) => ({ ...payload, jti })),
  )
  const { url } = await startTampered(tamper)
  const pacts = [pactOf('authenticated'), pactOf('authorized')]
  const { interactions } = await verifyQuickly({
    baseUrl: url,
    ...ANA,
    pacts: [pacts[0] ?? '', pacts[0] ?? ''],
  })
  expect(interactions).toMatchObject([
    { result: 'kept' },
    { result: 'broken', faults: ['access has a jti that was used before'] },
  ])
})

test.each<[string, PromiseName, Tamper, string]>([
  [
    'an access token refreshes',
    'refreshed',
    nth(isRefresh, only(3), answers(200, { access: 'x' })),
    'an access token as refresh token was answered with 200, expected 401',
  ],
  [
    'a refresh token opens the page',
    'authorized',
    nth(isPage, only(4), answers(200, {})),
    'a refresh token as access token was answered with 200, expected 401 or 403',
  ],
  [
    'a refresh token on the page is refused without a code',
    'authorized',
    nth(isPage, only(4), answers(403, {})),
    'a refresh token as access token was refused without the code "token_not_valid"',
  ],
  [
    'there is no page',
    'refreshed',
    nth(isPage, () => true, answers(404)),
    'the refreshed access token was not tried: GET /api/v1/docs/ answered 404',
  ],
])('where %s, the interaction is kept with a warning', async (_, promise, tamper, warning) => {
  const { kept, interactions } = await verifyProvider({
    zapsign: tampered(tamper),
    pacts: [pactOf(promise)],
  })
  expect([kept, interactions]).toMatchObject([true, [{ result: 'kept', warnings: [warning] }]])
})

test('the status comes first, and another status leaves the body alone', async () => {
  const broken = tampered(onStatus(200, () => ({ status: 401, headers: {}, body: 'oops' })))
  const { interactions } = await verifyProvider({
    zapsign: broken,
    pacts: [pactOf('authenticated')],
  })
  expect(interactions[0]?.faults).toEqual(['expected 200 but was 401'])
})

test('a Date that is far off is named before lifetimes are blamed', async () => {
  const behind: Tamper = (reply) => ({
    ...reply,
    headers: { ...reply.headers, date: new Date(Date.now() - 7_200_000).toUTCString() },
  })
  const check = async (tamper: Tamper) => {
    const { url } = await startTampered(tamper)
    const options = { baseUrl: url, ...ANA, pacts: [pactOf('authenticated')] }
    return (await verifyQuickly(options)).interactions[0]?.faults
  }
  const date = expect.stringMatching(
    /^the Date of the reply is 7[12]\d\d s behind this machine's clock$/,
  )
  expect(new Set(await check(behind))).toEqual(new Set([date]))
  const late = onTokens(['access'], (payload) => ({
    ...payload,
    exp: Number(payload['exp']) + 9000,
  }))
  const both: Tamper = async (reply, request, it) =>
    behind(await late(reply, request, it), request, it)
  expect(await check(both)).toEqual([
    date,
    expect.stringMatching(/^access has a lifetime of 1\d{4} s, expected 3600 s$/),
  ])
})
