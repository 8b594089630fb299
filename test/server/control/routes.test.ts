import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { problemReply, REPLIES } from '../../../server/control/replies.js'
import { ROUTES } from '../../../server/control/routes/index.js'
import { type StartServerOptions, startServer } from '../../../server/index.js'
import { CREDENTIALS, JSON_TYPE } from '../../support.js'

async function start(options?: StartServerOptions) {
  const server = await startServer(options)
  onTestFinished(server.close)
  const ask = async (method: string, path: string, body?: unknown) => {
    const takesBody = !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method)
    const response = await fetch(`${server.url}/__zapsign/${path}`, {
      method,
      ...(takesBody && { headers: JSON_TYPE }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type')
    if (type === 'application/problem+json' && text) v.parse(problemReply, JSON.parse(text))
    return { status: response.status, json: text && JSON.parse(text), headers: response.headers }
  }
  const signIn = (password: string) =>
    fetch(`${server.url}/api/v1/auth/token/11111/`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ ...CREDENTIALS, password }),
    })
  return { ...server, ask, signIn }
}

/** A request that each operation accepts, after those before it. */
const ACCEPTED: Readonly<Record<string, [path: string, body?: unknown]>> = {
  getHealth: ['health'],
  getState: ['state'],
  getConfig: ['config'],
  getDocument: ['openapi.json'],
  getTime: ['time'],
  setTime: ['time', { now: '2030-01-31T12:00:00Z' }],
  resetTime: ['time'],
  advanceTime: ['time/advance', { by: '61m' }],
  forceOutcome: ['outcomes', { outcome: 'rateLimited', times: 3, retryAfter: '5s' }],
  listOutcomes: ['outcomes'],
  deleteOutcome: ['outcomes/1'],
  clearOutcomes: ['outcomes'],
  listRequests: ['requests?status=401&username=dev@example.com.br&since=0&limit=5'],
  countRequests: ['requests/count?outcome=invalidCredentials&since=2020-01-01T00:00:00Z'],
  getRequest: ['requests/1'],
  clearRequests: ['requests'],
  issueTokens: ['tokens', { username: CREDENTIALS.username, accessLifetime: '-1s' }],
  inspectToken: ['tokens/inspect', { token: 'a.b.c' }],
  getLoginLimit: ['login-limit'],
  unlock: ['login-limit/11111/dev@example.com.br'],
  listUsers: ['users'],
  addUser: ['users', { username: 'a/b c', password: 'abc', organizations: [7] }],
  updateUser: ['users/a%2Fb%20c', { active: false }],
  removeUser: ['users/a%2Fb%20c'],
  reset: ['reset'],
}

test('every operation is answered as its document says', async () => {
  const { ask, signIn, zapsign } = await start()
  for (let attempt = 0; attempt < 6; attempt += 1) await signIn('wrong')
  const before = zapsign.journal.count()
  const documented = (await ask('GET', 'openapi.json')).json.paths
  for (const [id, [path, body]] of Object.entries(ACCEPTED)) {
    const route = ROUTES.find((one) => one.id === id)
    const { status, json } = await ask(route?.method ?? '', path, body)
    const operation = documented[`/__zapsign/${route?.path}`][route?.method.toLowerCase() ?? '']
    expect(Object.keys(operation.responses), id).toContain(String(status))
    expect(status, id).toBeLessThan(300)
    const reply = REPLIES[id]
    if (reply) v.parse(reply, json)
    else expect(json, id).toBe('')
    if (id === 'listRequests') expect(json.requests).toHaveLength(5)
    if (id === 'countRequests') expect(json.count).toBe(5)
  }
  const untried = ROUTES.map(({ id }) => id).filter((id) => !(id in ACCEPTED))
  expect(untried).toEqual(['streamEvents'])
  expect(before).toBe(6)
  expect(zapsign.journal.entries).toEqual([])
})

test('every operation refuses unknown query parameters, fields and other types', async () => {
  const { ask, url } = await start()
  for (const { id, method, path } of ROUTES) {
    const target = path.replaceAll(/\{\w+\}/g, '1')
    const query = await ask(method, `${target}?banana=1`)
    expect([query.status, query.json.field], id).toEqual([400, 'banana'])
    if (method === 'GET' || method === 'DELETE') continue
    const field = await ask(method, target, { banana: 1 })
    expect(field.status, id).toBe(400)
    for (const body of ['{', '[]', '1', 'null', '"x"'])
      expect((await ask(method, target, body)).status, `${id} ${body}`).toBe(400)
    const typeless = await fetch(`${url}/__zapsign/${target}`, { method })
    expect([typeless.status, (await typeless.json()).detail], id).toEqual([
      415,
      'The content-type must be application/json, got nothing',
    ])
  }
})

test('every path answers HEAD as GET, and other methods with 405 and what it allows', async () => {
  const { ask } = await start()
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method)
    const target = path.replaceAll(/\{\w+\}/g, '1')
    const wrong = ['PUT', 'PATCH', 'OPTIONS'].find((one) => !methods.includes(one as never)) ?? ''
    const { status, headers } = await ask(wrong, target)
    const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    expect([status, headers.get('allow')], path).toEqual([405, allowed.join(', ')])
    if (!methods.includes('GET')) continue
    const head = await ask('HEAD', target)
    expect([head.status, head.json], path).toEqual([path === 'requests/{id}' ? 404 : 200, ''])
  }
})

test.each<[string, string, unknown, number, string]>([
  ['POST', 'time/advance', {}, 400, 'by is missing: the body must be an object with the keys by'],
  [
    'POST',
    'time/advance',
    { by: 'x' },
    400,
    'by must be a duration with a unit, such as "1h", "90s" or "250ms", got "x"',
  ],
  [
    'POST',
    'time/advance',
    { by: '1e9d' },
    400,
    'by must be a duration with a unit, such as "1h", "90s" or "250ms", got "1e9d"',
  ],
  [
    'PUT',
    'time',
    { now: true },
    400,
    'now must be an ISO 8601 date such as "2026-01-31T12:00:00Z" with its time zone, or milliseconds, got true',
  ],
  [
    'POST',
    'outcomes',
    {},
    400,
    'outcome is missing: the body must be an object with the keys outcome, times, endpoint, username, retryAfter',
  ],
  [
    'POST',
    'outcomes',
    { outcome: 'timeout', endpoint: 'x' },
    400,
    'endpoint must be "obtain", "refresh" or a path such as "/api/v1/docs/", got "x"',
  ],
  ['DELETE', 'outcomes/5', undefined, 404, 'No pending outcome has the id "5"'],
  ['DELETE', 'outcomes/x', undefined, 404, 'No pending outcome has the id "x"'],
  ['GET', 'requests?status=x', undefined, 400, 'status must be a number, got "x"'],
  [
    'GET',
    'requests?limit=-1',
    undefined,
    400,
    'limit must be a whole number from 0 upwards, got -1',
  ],
  ['GET', 'requests?limit=1&limit=2', undefined, 400, 'limit must be given once'],
  [
    'GET',
    'requests?since=x',
    undefined,
    400,
    'since must be an id, a whole number from 0 upwards, or an ISO 8601 date, got "x"',
  ],
  ['POST', 'tokens', { username: 'x' }, 404, 'There is no user "x". Users: dev@example.com.br'],
  [
    'POST',
    'tokens',
    { organization: 'a b' },
    400,
    'organization must be an organization id such as "11111": a segment of a path, without white space, got "a b"',
  ],
  [
    'POST',
    'tokens/inspect',
    { token: 5 },
    400,
    'token must be a token of at most 10000 characters, got a number',
  ],
  [
    'POST',
    'users',
    { username: CREDENTIALS.username, password: 'x' },
    409,
    'Another user has the username "dev@example.com.br"',
  ],
  ['POST', 'users', { id: 1, username: 'x', password: 'x' }, 409, 'Another user has the id 1'],
  [
    'POST',
    'users',
    { username: 'x', password: '' },
    400,
    'password must be a string that is not empty, has no white space at its ends, no NUL and no lone surrogate',
  ],
  ['PATCH', 'users/x', {}, 404, 'There is no user "x". Users: dev@example.com.br'],
  ['DELETE', 'users/x', undefined, 404, 'There is no user "x". Users: dev@example.com.br'],
  [
    'DELETE',
    'login-limit/11111/x',
    undefined,
    404,
    'There is no user "x", and no login of that name counts',
  ],
  ['GET', 'nothing', undefined, 404, 'There is no /__zapsign/nothing'],
  ['GET', 'users/', undefined, 404, 'There is no /__zapsign/users/'],
  ['GET', 'time/%zz', undefined, 404, 'There is no /__zapsign/time/%zz'],
  [
    'POST',
    'reset',
    '{"__proto__":1}',
    400,
    '__proto__ is not known: the body must be an object with the keys ',
  ],
])('%s %s %j is answered with %d', async (method, path, body, status, detail) => {
  const { ask } = await start()
  const reply = await ask(method, path, body)
  expect([reply.status, reply.json.detail]).toEqual([status, detail])
  expect(reply.headers.get('content-type')).toBe('application/problem+json')
})

test('a user is locked, shown and unlocked', async () => {
  const { ask, signIn } = await start({ now: '2030-01-01T00:00:00Z' })
  for (let attempt = 0; attempt < 5; attempt += 1) await signIn('wrong')
  expect((await signIn(CREDENTIALS.password)).status).toBe(400)
  const { username } = CREDENTIALS
  const lock = { organization: '11111', username, until: '2030-01-01T00:01:00.000Z' }
  expect((await ask('GET', 'login-limit')).json.locked).toEqual([lock])
  expect((await ask('GET', 'state')).json.loginLimit.locked).toEqual([lock])
  expect((await ask('DELETE', `login-limit/11111/${username}`)).status).toBe(204)
  expect((await ask('GET', 'login-limit')).json.locked).toEqual([])
  expect((await signIn(CREDENTIALS.password)).status).toBe(200)
})

test('a token is inspected as the provider would answer to it now', async () => {
  const { ask, zapsign } = await start({ now: '2030-01-01T00:00:00Z', apiTokens: ['static'] })
  const inspect = async (token: string) => (await ask('POST', 'tokens/inspect', { token })).json
  const { access, refresh } = await zapsign.issueTokenPair()
  expect(await inspect(access)).toMatchObject({
    header: { typ: 'JWT', alg: 'HS256' },
    claims: { token_type: 'access', user_id: 1, company_id: 11111 },
    ...{ signature: 'valid', expired: false, expires: '2030-01-01T01:00:00.000Z' },
    answers: { protected: { status: 200 }, refresh: { status: 401 } },
  })
  expect(await inspect(`${access}x`)).toMatchObject({
    signature: 'invalid',
    answers: { protected: { status: 401, body: { code: 'token_not_valid' } } },
  })
  expect((await inspect(refresh)).answers).toMatchObject({
    protected: { status: 401 },
    refresh: { status: 200, outcome: 'refreshed' },
  })
  zapsign.time.advance('1h')
  expect(await inspect(access)).toMatchObject({
    expired: true,
    answers: { protected: { status: 401, outcome: 'tokenNotValid' } },
  })
  expect(await inspect('static')).toMatchObject({
    ...{ header: null, claims: null, signature: null, expired: null },
    answers: { protected: { status: 200, outcome: 'authorized' } },
  })
  expect(await inspect('unknown')).toMatchObject({ answers: { protected: { status: 403 } } })
  expect(zapsign.journal.entries).toEqual([])
})

test('time says whether the clock stands still', async () => {
  const frozen = await start({ now: '2030-01-01T00:00:00Z' })
  const now = '2030-01-01T00:00:00.000Z'
  expect((await frozen.ask('GET', 'time')).json).toEqual({ now, frozen: true })
  expect((await frozen.ask('POST', 'time/advance', { by: '1h' })).json).toEqual({
    now: '2030-01-01T01:00:00.000Z',
  })
  expect((await frozen.ask('DELETE', 'time')).status).toBe(204)
  expect((await frozen.ask('GET', 'time')).json).toEqual({ now, frozen: true })
  const running = await start()
  expect((await running.ask('PUT', 'time', { now: 0 })).json.frozen).toBe(false)
})

test('GET and HEAD of / say what answers, for tools and for browsers, and are not journaled', async () => {
  const { url, zapsign } = await start()
  const home = await fetch(url)
  expect([home.status, home.headers.get('x-zapsign-mock'), await home.json()]).toEqual([
    200,
    'configured',
    expect.objectContaining({ console: '/__zapsign/', openapi: '/__zapsign/openapi.json' }),
  ])
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
  const page = await fetch(url, { headers: { accept: 'text/html,*/*' } })
  expect(await page.text()).toContain('<a href="/__zapsign/">')
  expect(zapsign.journal.entries).toEqual([])
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  expect(zapsign.journal.count()).toBe(1)
})
