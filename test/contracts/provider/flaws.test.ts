import { expect, test } from 'vitest'
import { type PromiseName, verifyProvider } from '../../../contracts/index.js'
import type { ApiRequest } from '../../../src/index.js'
import {
  BOTH,
  json,
  onBody,
  onStatus,
  onTokens,
  type Tamper,
  tampered,
  useResources,
} from './support.js'

const { pactOf } = useResources()

let kept: string | undefined

let logins = 0
const isSecond = ({ path }: ApiRequest) => path.includes('/auth/token/') && ++logins % 2 === 0

/** Each flaw, the promise that shows it, and a part of the message. */
const MUTANTS: [string, Tamper, PromiseName, string][] = [
  [
    '429 for 400',
    onStatus(400, () => ({ status: 429 })),
    'rateLimited',
    'the provider answered failed login 6 with 429: 429 is the general limit',
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
    'a limit that lets logins through',
    (reply, _, it) =>
      reply.status === 400
        ? it.issueTokenPair().then((pair) => ({ ...reply, status: 200, ...json(pair) }))
        : reply,
    'rateLimited',
    'the provider still answered failed login 1000 in a row with 200',
  ],
  [
    'a limit that answers 401',
    onStatus(400, () => ({ status: 401 })),
    'rateLimited',
    'the provider still answered failed login 1000 in a row with 401',
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
  [
    'an empty body for 401',
    onStatus(401, () => ({ body: '' })),
    'invalidCredentials',
    'the body is not a JSON object: it is empty',
  ],
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
    'access is null',
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
    'refresh has a header that is not a JSON object',
  ],
  [
    'a token that is not a JWT',
    onBody(200, (body) => ({ ...body, access: 'c7f35c84-7893' })),
    'authenticated',
    'access has 1 part, a JWT has 3',
  ],
  [
    'tokens for 5 hours',
    onTokens(['access'], (payload) => ({ ...payload, exp: Number(payload['exp']) + 4 * 3600 })),
    'authenticated',
    'access has a lifetime of 18000 s, expected 3600 s',
  ],
  [
    'a refresh token for an hour',
    onTokens(['refresh'], (payload) => ({ ...payload, exp: Number(payload['exp']) - 23 * 3600 })),
    'authenticated',
    'refresh has a lifetime of 3600 s, expected 86400 s',
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
    'access is signed with "HS512", expected HS256',
  ],
  [
    'no signature',
    onTokens(['access'], (payload, header) => {
      header['alg'] = 'none'
      return payload
    }),
    'authenticated',
    'access is signed with "none", expected HS256',
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
    'access has a lifetime of 600 s, expected 3600 s',
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
    'the same request was answered with 200 the first time and 429 the second time',
  ],
  [
    'every second login without tokens',
    (reply, request) =>
      reply.status === 200 && isSecond(request) ? { ...reply, body: '{}' } : reply,
    'authenticated',
    'access is missing',
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
    'access has a lifetime of 18000 s, expected 3600 s',
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
  [
    'a bare list',
    onBody(200, ({ results }) => results),
    'authorized',
    'the body is not a JSON object: it is a list, not an object',
  ],
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

test.each(MUTANTS)(
  'a provider with the flaw "%s" is caught',
  async (_, tamper, promise, message) => {
    kept = undefined
    logins = 0
    const report = await verifyProvider({ zapsign: tampered(tamper), pacts: [pactOf(promise)] })
    expect([
      report.kept,
      report.interactions.map(({ promise, result }) => [promise, result]),
    ]).toEqual([false, [[promise, 'broken']]])
    expect(report.interactions[0]?.faults?.join('\n')).toContain(message)
    expect(JSON.stringify(report)).not.toMatch(/eyJ[\w-]{10,}/)
  },
)
