import { expect, test } from 'vitest'
import { judge } from '../../../contracts/consumer/judge.js'
import { type Recorded, toRecorded } from '../../../contracts/consumer/recorded.js'
import type { SentRequest } from '../../../contracts/http.js'
import {
  LITERALS,
  PROMISE_NAMES,
  type PromiseName,
  promises,
  type SpecifiedExchange,
} from '../../../contracts/promises.js'

/** The request of a promise, with changes. */
function sent(name: PromiseName, change: Partial<SentRequest> = {}): Recorded {
  const { method, path, query, headers, body }: SpecifiedExchange['request'] =
    promises[name].request
  const request: SentRequest = {
    method,
    path,
    query: new URLSearchParams(query).toString(),
    headers: body
      ? { 'content-type': 'application/json' }
      : { authorization: String(headers['Authorization']) },
    body: body ? JSON.stringify(body) : '',
  }
  const reply = Object.keys(change).length === 0 ? { reply: '{}' } : {}
  return toRecorded({ ...request, ...change }, PROMISE_NAMES, { ...reply, duration: 1 })
}

const resultOf = (recorded: Recorded[], name: PromiseName) =>
  judge(recorded).promises.find((promise) => promise.name === name)

test('a run without requests exercises nothing', () => {
  expect(judge([])).toMatchObject({
    promises: Object.keys(promises).map((name) => ({
      name,
      result: 'neverExercised',
      requests: 0,
    })),
    unexpected: [],
    other: [],
  })
})

test('a suite may sign in again and again', () => {
  const recorded = Array.from({ length: 50 }, () => sent('authenticated'))
  expect(resultOf(recorded, 'authenticated')).toEqual({
    name: 'authenticated',
    result: 'kept',
    requests: 50,
  })
})

test.each(['invalidCredentials', 'rateLimited', 'refreshRefused', 'expired'] as const)(
  '%s may come three times in a row; four times is a loop',
  (name) => {
    const times = (count: number) => Array.from({ length: count }, () => sent(name))
    const apart = [...times(3), sent('authenticated'), ...times(3)]
    expect(resultOf(apart, name)).toEqual({ name, result: 'kept', requests: 6 })
    expect(resultOf(times(4), name)).toEqual({
      name,
      result: 'broken',
      requests: 4,
      mismatch: '4 requests in a row',
      nearMiss: 'Do not retry a refused request with the same credentials or token.',
    })
  },
)

test('one wrong request breaks a promise that others kept', () => {
  const recorded = [sent('refreshed'), sent('refreshed', { method: 'PUT' })]
  expect(resultOf(recorded, 'refreshed')).toEqual({
    name: 'refreshed',
    result: 'broken',
    requests: 2,
    mismatch: 'method: expected POST, got PUT',
    nearMiss: 'PUT was sent, expected POST.',
  })
})

test.each<[string, PromiseName, Partial<SentRequest>]>([
  [
    'an expired access token beside the refresh token',
    'refreshed',
    {
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${LITERALS.expiredAccessToken}`,
      },
    },
  ],
  [
    'the blocked user in a header',
    'authenticated',
    { headers: { 'content-type': 'application/json', 'x-user': LITERALS.blockedUsername } },
  ],
])('a request with %s is still the same request', (_, name, change) => {
  const record = { ...sent(name, change), reply: '{}' }
  expect(judge([record]).promises.filter(({ requests }) => requests > 0)).toEqual([
    { name, result: 'kept', requests: 1 },
  ])
})

test('the token in the body decides which promise a wrong refresh was meant for', () => {
  const change = {
    path: '/api/v1/auth/token-refresh',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${LITERALS.expiredAccessToken}`,
    },
  }
  expect(resultOf([sent('refreshed', change)], 'refreshed')).toMatchObject({
    result: 'broken',
    nearMiss: 'The path lacks the final slash.',
  })
})

test('a right request without a reply does not keep its promise', () => {
  const { reply, ...record } = sent('authenticated')
  expect(resultOf([record], 'authenticated')).toMatchObject({
    result: 'broken',
    mismatch: 'Pact could not match the request',
  })
})

test.each<[string, PromiseName, Partial<SentRequest>, string]>([
  [
    'a token for the name of a field',
    'refreshed',
    { body: JSON.stringify({ refresh: LITERALS.refreshToken, [LITERALS.accessToken]: 1 }) },
    'The body has `(a token)`, which is not specified.',
  ],
  [
    'a field with the name of a method of objects',
    'authenticated',
    { body: JSON.stringify({ toString: LITERALS.username, password: LITERALS.password }) },
    '`toString` instead of `username`.',
  ],
  [
    'an unknown field next to a missing one',
    'authenticated',
    { body: JSON.stringify({ password: LITERALS.password, remember: true }) },
    'The body lacks `username`. The body has `remember`, which is not specified.',
  ],
  [
    'a refresh at the address of logins',
    'refreshed',
    { path: '/api/v1/auth/token/' },
    'The path is not the specified /api/v1/auth/token-refresh/.',
  ],
  [
    'no final slash',
    'authenticated',
    { path: '/api/v1/auth/token/11111' },
    'The path lacks the final slash.',
  ],
  [
    'a form',
    'authenticated',
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `username=${encodeURIComponent(LITERALS.username)}&password=${LITERALS.password}`,
    },
    'The body was sent as a form, expected JSON.',
  ],
  [
    'another field',
    'authenticated',
    { body: JSON.stringify({ user: LITERALS.username, password: LITERALS.password }) },
    '`user` instead of `username`.',
  ],
  [
    'the organization in the body',
    'authenticated',
    {
      body: JSON.stringify({
        username: LITERALS.username,
        password: LITERALS.password,
        organization_id: LITERALS.organizationId,
      }),
    },
    '`organization_id` was sent in the body: it belongs in the path.',
  ],
  [
    'a token without Bearer',
    'authorized',
    { headers: { authorization: LITERALS.accessToken } },
    'The token was sent without `Bearer` before it.',
  ],
  ['no query', 'authorized', { query: '' }, 'The query lacks page=1.'],
  ['another page', 'authorized', { query: 'page=2' }, '`page` in the query is not 1.'],
  [
    'a page twice',
    'authorized',
    { query: 'page=1&page=1' },
    '`page` is in the query more than once.',
  ],
  [
    'more than a page',
    'authorized',
    { query: `page=1&${LITERALS.accessToken}=2` },
    'The query has `(a token)`, which is not specified.',
  ],
  [
    'compression',
    'authenticated',
    {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: '\u001f\ufffd',
    },
    'The body was sent with Content-Encoding gzip, expected plain JSON.',
  ],
  [
    'a byte order mark',
    'authenticated',
    { body: `\ufeff${JSON.stringify(promises.authenticated.request.body)}` },
    'The body cannot be read as JSON: it begins with a byte order mark.',
  ],
  [
    'a comma too many',
    'authenticated',
    { body: '{"username": "hidden-value",\n "password": "hidden-value",}' },
    'The body cannot be read as JSON: it is not valid JSON at line 2, column 29.',
  ],
  ['no body', 'authenticated', { body: '' }, 'The body cannot be read as JSON: it is empty.'],
  [
    'the access token for a refresh',
    'refreshed',
    { body: JSON.stringify({ refresh: LITERALS.accessToken }) },
    'The access token was sent where the refresh token belongs.',
  ],
])('%s is explained', (_, name, change, nearMiss) => {
  expect(resultOf([sent(name, change)], name)).toMatchObject({ result: 'broken', nearMiss })
})

test('a promise that was never exercised names the closest request', () => {
  const path = '/api/v1/documents/'
  const results = [sent('authorized', { path }), sent('expired', { path, query: '' })]
  expect(resultOf(results, 'authorized')).toEqual({
    name: 'authorized',
    result: 'neverExercised',
    requests: 0,
    nearMiss:
      'The closest request was GET /api/v1/documents/: The path is not the specified /api/v1/docs/.',
  })
  expect(resultOf(results, 'expired')?.nearMiss).toContain('The query lacks page=1.')
})

test('a request that no promise is about is listed, without the tokens in it', () => {
  const other = sent('authenticated', {
    method: 'GET',
    path: '/signup/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    headers: {},
    body: '',
  })
  const { unexpected, other: others } = judge([other, other])
  expect(unexpected).toEqual([])
  expect(others).toEqual([{ method: 'GET', path: '/signup/(a token)', status: 501, requests: 2 }])
})

test('thousands of long requests are judged, and shortened in the report', () => {
  const path = `/${'x'.repeat(12_000)}`
  const wrong = { path: `/api/v1/auth/token/${'x'.repeat(12_000)}` }
  const recorded = Array.from({ length: 5_000 }, () => [
    sent('authenticated', wrong),
    sent('expired', { path, headers: {} }),
  ]).flat()
  const { promises: results, other } = judge(recorded)
  expect(results[0]).toEqual({
    name: 'authenticated',
    result: 'broken',
    requests: 5_000,
    mismatch: `path: expected /api/v1/auth/token/11111/, got ${wrong.path.slice(0, 200)}`,
    nearMiss: 'The path is not the specified /api/v1/auth/token/11111/.',
  })
  expect(other[0]?.path).toBe(path.slice(0, 200))
})

test.each([
  ['at the end of what is shown', `/${'x'.repeat(100)}/${LITERALS.refreshToken}`],
  ['where a long path is cut', `/${'x/'.repeat(920)}${LITERALS.refreshToken}`],
])('no part of a token %s is shown', (_, path) => {
  const result = resultOf([sent('refreshed', { path })], 'refreshed')
  expect(result?.mismatch).toContain('path: expected /api/v1/auth/token-refresh/, got /x')
  expect(result?.mismatch).not.toContain('eyJ')
})
