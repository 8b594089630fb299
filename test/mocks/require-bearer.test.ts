import { HttpResponse, type HttpResponseResolver, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { requireBearer } from '../../mocks/index.js'
import { createZapSign } from '../../src/index.js'
import { CREDENTIALS, call, DOCS, read } from '../support.js'

const URL = 'https://api.zapsign.com.br/api/v1/docs/abc/'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function guarded(options = {}) {
  const zapsign = createZapSign({ warnings: false, ...options })
  const resolver = requireBearer(zapsign, ({ params, user, organization }) =>
    HttpResponse.json({ token: params['token'], by: user?.username, of: organization }),
  )
  server.use(http.get('https://api.zapsign.com.br/api/v1/docs/:token/', resolver))
  return zapsign
}

test('an access token is accepted, and the resolver gets its user', async () => {
  const zapsign = guarded()
  const { access } = await zapsign.issueTokenPair()
  const response = await fetch(URL, { headers: { authorization: `Bearer ${access}` } })
  expect([response.status, await response.json()]).toEqual([
    200,
    { token: 'abc', by: CREDENTIALS.username, of: { id: '11111' } },
  ])
  expect(zapsign.journal.entries).toMatchObject([
    { path: '/api/v1/docs/abc/', status: 200, outcome: 'authorized' },
  ])
})

test('a static token is accepted, and belongs to no user', async () => {
  guarded({ apiTokens: ['static'] })
  const response = await fetch(`${URL}?api_token=static`)
  expect(await response.json()).toEqual({ token: 'abc' })
})

test.each([undefined, 'Token x', 'Bearer', 'Bearer x', 'Bearer a.b.c'])(
  'with Authorization %j the error response is that of the provider’s own endpoints',
  async (authorization) => {
    const zapsign = guarded()
    const own = await read(await call(zapsign, authorization, DOCS))
    const { allow, ...headers } = own.headers
    const mine = await read(
      await fetch(URL, { headers: authorization === undefined ? {} : { authorization } }),
    )
    expect(mine).toEqual({ ...own, headers })
    expect(allow).toBe('GET, POST, HEAD, OPTIONS')
  },
)

test('a token that has expired is refused', async () => {
  const zapsign = guarded()
  const { access } = await zapsign.issueTokenPair()
  zapsign.time.advance('1h')
  expect((await fetch(URL, { headers: { authorization: `Bearer ${access}` } })).status).toBe(401)
})

test('unauthorizedStatus: 403 applies to guarded handlers too', async () => {
  guarded({ unauthorizedStatus: 403 })
  expect((await fetch(URL)).status).toBe(403)
})

test('a forced outcome reaches the client', async () => {
  const zapsign = guarded({ apiTokens: ['static'] })
  zapsign.outcomes.next('connectionReset')
  await expect(fetch(`${URL}?api_token=static`)).rejects.toThrow(TypeError)
  zapsign.outcomes.next('badGateway')
  expect((await fetch(`${URL}?api_token=static`)).status).toBe(502)
})

test('a resolver may read the body and leave the request to the next handler', async () => {
  const zapsign = createZapSign({ apiTokens: ['static'] })
  server.use(
    http.post(
      URL,
      requireBearer(zapsign, async ({ request }) => {
        const { kind } = (await request.clone().json()) as { kind: string }
        return kind === 'mine' ? HttpResponse.json('mine') : undefined
      }),
    ),
    http.post(URL, () => HttpResponse.json('next')),
  )
  const ask = async (kind: string) =>
    (
      await fetch(`${URL}?api_token=static`, { method: 'POST', body: JSON.stringify({ kind }) })
    ).json()
  expect([await ask('mine'), await ask('other')]).toEqual(['mine', 'next'])
})

test('an error in a resolver stays the resolver’s error', async () => {
  const zapsign = createZapSign({ apiTokens: ['static'] })
  const resolver = requireBearer(zapsign, () => {
    throw new Error('a mistake of my own')
  })
  const info = { request: new Request(`${URL}?api_token=static`) } as Parameters<typeof resolver>[0]
  await expect(resolver(info)).rejects.toThrow('a mistake of my own')
})

test('requireBearer refuses a wrong provider and a wrong resolver', () => {
  expect(() => requireBearer({} as never, () => undefined)).toThrow(
    /^requireBearer takes what createZapSign/,
  )
  expect(() => requireBearer(createZapSign(), undefined as never)).toThrow(
    'requireBearer takes a function as its second argument, got undefined',
  )
})

test('a generator is refused: MSW would run it without the guard', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  const resolver = requireBearer(zapsign, function* () {
    yield HttpResponse.json(1)
  } as never)
  server.use(http.get(URL, resolver))
  const response = await fetch(`${URL}?api_token=t`)
  expect([response.status, (await response.json()).message]).toEqual([
    500,
    expect.stringMatching(/^requireBearer\(\) needs a resolver that returns a response/),
  ])
})

test('its types are those of the handler around it', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  server.use(
    http.post<{ token: string }, { name: string }>(
      'https://api.zapsign.com.br/api/v1/docs/:token/',
      requireBearer(zapsign, async ({ params, request }) => {
        const { name } = await request.json()
        return HttpResponse.json(params.token.toUpperCase() + name.trim())
      }),
    ),
  )
  const body = JSON.stringify({ name: ' x' })
  const response = await fetch(`${URL}?api_token=t`, { method: 'POST', body })
  expect(await response.json()).toBe('ABCx')
})

test('a resolver with MSW’s own type may be guarded', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  const resolver: HttpResponseResolver<{ token: string }> = ({ params }) =>
    HttpResponse.text(params.token)
  server.use(
    http.get('https://api.zapsign.com.br/api/v1/docs/:token/', requireBearer(zapsign, resolver)),
  )
  expect(await (await fetch(`${URL}?api_token=t`)).text()).toBe('abc')
})

test('a response of another class passes, as MSW allows', async () => {
  const zapsign = createZapSign({ apiTokens: ['t'] })
  const { Response: OtherResponse } = await import('node-fetch')
  const resolver = requireBearer(
    zapsign,
    () => new OtherResponse('other', { status: 201 }) as never,
  )
  expect(await resolver({ request: new Request(`${URL}?api_token=t`) } as never)).toMatchObject({
    status: 201,
  })
})

test('an error in the mock is reported as on its own endpoints', async () => {
  const zapsign = createZapSign({ now: () => Number.NaN })
  server.use(
    http.get(
      URL,
      requireBearer(zapsign, () => HttpResponse.json(1)),
    ),
  )
  const { access } = await createZapSign().issueTokenPair()
  const response = await fetch(URL, { headers: { authorization: `Bearer ${access}` } })
  expect([response.status, await response.text()]).toEqual([
    500,
    expect.stringMatching(/^zapsign-mock failed: now\(\) must return /),
  ])
  expect(zapsign.journal.count('failed')).toBe(1)
})
