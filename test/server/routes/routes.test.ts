import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type StartServerOptions, startServer } from '../../../server/index.js'

const API = '/api/v1'

async function start(options: StartServerOptions) {
  const server = await startServer({ warnings: false, ...options })
  onTestFinished(() => server.close())
  const { access } = await server.zapsign.issueTokenPair()
  const call = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, {
      ...init,
      headers: { authorization: `Bearer ${access}`, ...init.headers },
    })
  const post = (path: string, body: unknown) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { ...server, call, post }
}

function moduleFile(text: string, name = 'routes.mjs'): string {
  const folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-routes-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('a route answers an endpoint that the mock does not model, behind the guard', async () => {
  const { url, zapsign, post } = await start({
    routes: [
      {
        method: 'POST',
        path: '/api/v1/docs/',
        status: 201,
        body: { name: '{{body.name}}' },
        headers: { 'x-name': '{{body.name}}' },
      },
    ],
  })
  const response = await post(`${API}/docs/`, { name: 'a' })
  expect([response.status, response.headers.get('x-zapsign-mock')]).toEqual([201, 'configured'])
  expect([response.headers.get('content-type'), response.headers.get('x-name')]).toEqual([
    'application/json',
    'a',
  ])
  expect(await response.json()).toEqual({ name: 'a' })
  const refused = await fetch(`${url}${API}/docs/`, { method: 'POST' })
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { detail: 'Authentication credentials were not provided.' },
  ])
  expect(zapsign.journal.entries).toMatchObject([
    { method: 'POST', status: 201, outcome: 'authorized', source: 'configured' },
    { method: 'POST', status: 403, outcome: 'notAuthenticated' },
  ])
})

test('a route replaces an endpoint that the mock models, and leaves other methods alone', async () => {
  const { call } = await start({
    routes: [{ method: 'GET', path: '/api/v1/docs/', body: 'mine' }],
  })
  expect(await (await call(`${API}/docs/`)).json()).toBe('mine')
  expect((await call(`${API}/docs/`, { method: 'HEAD' })).status).toBe(200)
  expect((await call(`${API}/docs/`, { method: 'POST' })).status).toBe(501)
})

test('placeholders of the path are decoded, and a route without protection needs no token', async () => {
  const { url } = await start({
    routes: [{ method: 'GET', path: '/mine/{name}/', protected: false, body: '{{path.name}}' }],
  })
  expect(await (await fetch(`${url}/mine/a%20b/`)).json()).toBe('a b')
})

test('replies come in sequence, and the last one stays', async () => {
  const { call } = await start({
    routes: [{ method: 'GET', path: '/mine/', replies: [{ status: 503 }, { body: 1 }] }],
  })
  const statuses: number[] = []
  for (let index = 0; index < 3; index += 1) statuses.push((await call('/mine/')).status)
  expect(statuses).toEqual([503, 200, 200])
})

test('a forced outcome applies to a route, once', async () => {
  const { zapsign, call } = await start({ routes: [{ method: 'GET', path: '/mine/', body: 1 }] })
  zapsign.outcomes.next('badGateway', { endpoint: '/mine/' })
  expect([(await call('/mine/')).status, (await call('/mine/')).status]).toEqual([502, 200])
})

test('requests that no route matches reach the provider with their body', async () => {
  const file = moduleFile("export default (router) => { router.post('/mine/', (q, s) => s.end()) }")
  const { url } = await start({ routes: file })
  const login = await fetch(`${url}${API}/auth/token/11111/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":"dev@example.com.br","password":"StrongPassword123"}',
  })
  expect(login.status).toBe(200)
})

test('a module gets an Express router, the provider and the bound guard', async () => {
  const file = moduleFile(`
    export default (router, { zapsign, requireBearer }) => {
      router.get('/mine/:id/', requireBearer, (request, response) =>
        response.status(202).set('x-a', 'b').json({ ...request.zapsign, id: request.params.id, query: request.query }))
      router.post('/open/', (request, response) => response.send(request.body))
      router.get('/next/', (request, response, next) => next())
    }`)
  const { url, zapsign, call, post } = await start({ routes: [file] })
  const response = await call('/mine/5/?page=2')
  expect([response.status, response.headers.get('x-a')]).toEqual([202, 'b'])
  expect(await response.json()).toEqual({
    user: { id: 1, username: 'dev@example.com.br', active: true },
    organization: { id: '11111' },
    id: '5',
    query: { page: '2' },
  })
  expect(await (await post('/open/', { a: [1] })).json()).toEqual({ a: [1] })
  expect((await fetch(`${url}/mine/5/`)).status).toBe(403)
  expect((await call('/next/')).status).toBe(404)
  expect(zapsign.journal.entries.map(({ status, outcome }) => [status, outcome])).toEqual([
    [202, 'authorized'],
    [200, 'authorized'],
    [403, 'notAuthenticated'],
    [404, 'notFound'],
  ])
})

test('an error in a route is a 500 that says whose it is', async () => {
  const file = moduleFile(
    "export default (router) => { router.get('/boom/', () => { throw new TypeError('a slip') }) }",
  )
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { zapsign, call } = await start({ routes: file })
  const response = await call('/boom/')
  expect([response.status, await response.json()]).toEqual([
    500,
    { detail: 'Your route failed: TypeError: a slip' },
  ])
  expect(error).toHaveBeenCalledOnce()
  expect(zapsign.journal.entries).toMatchObject([{ status: 500, source: 'configured' }])
  error.mockRestore()
})

test.each<[string, string, RegExp]>([
  ['no function', 'export default 5', /routes\.mjs must export a function as default: /],
  ['an error', '\nthrow new Error("a slip")', /^Cannot load .*: Error: a slip \(line 2\)$/],
  [
    'an error in its function',
    'export default () => {\n  throw new Error("a slip")\n}',
    /routes\.mjs failed: Error: a slip \(line 2\)$/,
  ],
  [
    'a route under /api/v1/auth/',
    "export default (r) => r.post('/api/v1/auth/token/:id/', () => {})",
    /routes\.mjs has a route for \/api\/v1\/auth\/token\/:id\/: the mock itself answers /,
  ],
  [
    'a route for every path',
    "export default (r) => r.all('/{*any}', () => {})",
    /routes\.mjs has a route for \/api\/v1\/auth\/token\/1\/: /,
  ],
])('a module with %s is refused in one line', async (_, text, message) => {
  await expect(startServer({ routes: moduleFile(text) })).rejects.toThrow(
    expect.objectContaining({
      code: 'ERR_ZAPSIGN_ROUTES',
      message: expect.stringMatching(message),
    }),
  )
})

test('a module that does not exist is refused', async () => {
  await expect(startServer({ routes: 'no/such/module.mjs' })).rejects.toThrow(
    'Cannot find the routes module no/such/module.mjs: no such file, and no such package',
  )
})

test.each<[object, RegExp]>([
  [{ method: 'GET' }, /^routes\[0\]\.path is missing/],
  [{ method: 'get', path: '/x/' }, /^routes\[0\]\.method must be one of GET, /],
  [{ method: 'GET', path: 'x' }, /^routes\[0\]\.path must be a path such as /],
  [
    { method: 'GET', path: '/__zapsign/x' },
    /^routes\[0\]\.path must be outside of \/api\/v1\/auth\//,
  ],
  [{ method: 'GET', path: '/x/', statuss: 1 }, /^routes\[0\]\.statuss is not known/],
  [{ method: 'GET', path: '/x/', status: 99 }, /^routes\[0\]\.status must be a whole number/],
  [
    { method: 'GET', path: '/x/', headers: { a: 'b\nc' } },
    /^routes\[0\]\.headers\.a must be a string/,
  ],
  [
    { method: 'GET', path: '/x/', body: '{{nope}}' },
    /^routes\[0\]: unknown placeholder \{\{nope\}\}/,
  ],
  [{ method: 'GET', path: '/x/', delay: 5 }, /^routes\[0\]\.delay must be a duration with a unit/],
])('the route %j is refused', async (route, message) => {
  await expect(startServer({ routes: [route as never] })).rejects.toThrow(message)
})

test('two routes with the same method and path are refused', async () => {
  const route = { method: 'GET', path: '/x/' } as const
  await expect(startServer({ routes: [route, route] })).rejects.toThrow(
    'routes[1]: there is a route for GET /x/ already',
  )
})
