import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getResponse } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createHandlers } from '../mocks/index.js'
import { createApp } from '../server/index.js'
import type { Endpoint } from '../src/endpoints/endpoint.js'
import { ENDPOINTS } from '../src/endpoints/index.js'
import { PRODUCTION_URL, type ZapSign } from '../src/index.js'
import { createZapSignWith } from '../src/zapsign.js'
import { send } from './raw.js'

/** An endpoint as a contributor adds one: protected, with two methods and a placeholder in its path. */
const folders: Endpoint = {
  path: '/api/v1/folders/{token}/',
  isProtected: true,
  metadata: { name: 'Folder' },
  methods: {
    GET: ({ params }) => ({
      outcome: 'authorized',
      status: 200,
      source: 'documented',
      json: () => ({ token: params['token'] }),
    }),
    DELETE: ({ params, bearer }) => ({
      outcome: 'authorized',
      status: 202,
      source: 'documented',
      json: () => ({ removed: params['token'], by: bearer?.user?.username }),
    }),
  },
}

interface Seen {
  status: number
  allow: string | undefined
  source: string | undefined
  body: string
}

const fresh = () =>
  createZapSignWith({ seed: 1, now: 0, warnings: false }, { endpoints: [...ENDPOINTS, folders] })

type Adapter = (
  zapsign: ZapSign,
  request: { method: string; path: string; headers: Record<string, string> },
) => Promise<Seen>

const seen = (
  status: number,
  header: (name: string) => string | null | undefined,
  body: string,
): Seen => ({
  status,
  allow: header('allow') ?? undefined,
  source: header('x-zapsign-mock') ?? undefined,
  body,
})

const core: Adapter = async (zapsign, { method, path, headers }) => {
  const reply = await zapsign.reply({
    method,
    path,
    query: '',
    headers: new Headers(headers),
    body: new Uint8Array(),
  })
  return seen(reply.status, (name) => reply.headers[name], reply.body)
}

const msw: Adapter = async (zapsign, { method, path, headers }) => {
  const request = new Request(PRODUCTION_URL + path, { method, headers })
  const response = await getResponse(createHandlers(zapsign, { pages: true }), request)
  if (!response) throw new Error(`MSW does not handle ${method} ${path}`)
  return seen(response.status, (name) => response.headers.get(name), await response.text())
}

const express: Adapter = async (zapsign, { method, path, headers }) => {
  const server = createServer(createApp(zapsign))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const reply = await send(port, {
    name: path,
    method,
    target: path,
    headers: { ...headers, connection: 'close' },
    body: new Uint8Array(),
  })
  return seen(reply.status, (name) => reply.headers[name], reply.bytes.toString())
}

test.each<[string, number, string, boolean]>([
  ['GET', 200, '{"token":"abc"}', true],
  ['DELETE', 202, '{"removed":"abc","by":"dev@example.com.br"}', true],
  ['OPTIONS', 200, '{"name":"Folder"}', true],
  ['HEAD', 200, '', true],
  ['GET', 403, '{"detail":"Authentication credentials were not provided."}', false],
])(
  'an added endpoint answers %s with %d in the core, MSW and Express alike',
  async (method, status, body, isSignedIn) => {
    const answers: Seen[] = []
    for (const adapter of [core, msw, express]) {
      const zapsign = fresh()
      const { access } = await zapsign.issueTokenPair()
      const headers: Record<string, string> = isSignedIn
        ? { authorization: `Bearer ${access}` }
        : {}
      answers.push(await adapter(zapsign, { method, path: '/api/v1/folders/abc/', headers }))
    }
    const [first] = answers
    expect(first).toMatchObject({ status, body, allow: 'GET, DELETE, HEAD, OPTIONS' })
    expect(answers).toEqual([first, first, first])
  },
)

test('without the final slash, an added endpoint redirects through MSW too', async () => {
  const answer = await msw(fresh(), { method: 'GET', path: '/api/v1/folders/abc', headers: {} })
  expect(answer.status).toBe(301)
})
