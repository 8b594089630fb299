import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { getResponse } from 'msw'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHandlers } from '../mocks/index.js'
import { createApp } from '../server/index.js'
import { createZapSign, PRODUCTION_URL, type ZapSign } from '../src/index.js'
import { corpus, type RawRequest } from './corpus.js'
import { mutated } from './mutations.js'
import { send } from './raw.js'
import { CREDENTIALS } from './support.js'

/** What every face must agree on. */
interface Seen {
  status: number
  headers: Record<string, string | undefined>
  body: string
}

const COMPARED = ['content-type', 'www-authenticate', 'allow', 'location', 'x-zapsign-mock']

/** The same provider for each face, as new: same users, same seed, same time. */
const fresh = (): ZapSign =>
  createZapSign({
    users: [
      CREDENTIALS,
      { username: '5', password: '1.0' },
      { username: 'inactive@example.com', password: 'inactive', active: false },
    ],
    seed: 'parity',
    now: '2026-01-01T00:00:00Z',
    warnings: false,
  })

let server: ReturnType<typeof createServer>
let port: number
beforeAll(async () => {
  server = createServer((request, response) => createApp(fresh())(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const pick = (get: (name: string) => string | null | undefined) =>
  Object.fromEntries(COMPARED.map((name) => [name, get(name) ?? undefined]))

async function throughCore({ method, target, headers, body }: RawRequest): Promise<Seen> {
  const [path = '', ...query] = target.split('?')
  const reply = await fresh().reply({
    method,
    path,
    query: query.join('?'),
    headers: new Headers(headers),
    body,
  })
  return { status: reply.status, headers: pick((name) => reply.headers[name]), body: reply.body }
}

async function throughMsw(request: RawRequest): Promise<Seen | undefined> {
  const { method, target, headers, body } = request
  const sent = new Request(PRODUCTION_URL + target, {
    method,
    headers,
    ...(body.length > 0 && { body: body.slice() }),
  })
  const response = await getResponse(createHandlers(fresh(), { pages: true }), sent)
  if (!response) return undefined
  return {
    status: response.status,
    headers: pick((name) => response.headers.get(name)),
    body: await response.text(),
  }
}

async function throughSocket(request: RawRequest): Promise<Seen> {
  const { status, headers, body } = await send(port, request)
  return { status, headers: pick((name) => headers[name]), body }
}

/** The one place for what may differ between faces, and why. */
const NOT_THROUGH_MSW: readonly [reason: string, applies: (request: RawRequest) => boolean][] = [
  [
    'a web Request cannot have this method',
    ({ method }) => ['TRACE', 'CONNECT', 'TRACK'].includes(method),
  ],
  [
    'a web Request of this method cannot have a body',
    ({ method, body }) => ['GET', 'HEAD'].includes(method) && body.length > 0,
  ],
  [
    'a web URL is another one than the raw target',
    ({ target }) => {
      const { pathname, search } = new URL(PRODUCTION_URL + target)
      return pathname + search !== target
    },
  ],
  [
    'the handlers answer only the addresses of the endpoints',
    ({ target }) => !/^\/api\/v1\/(auth(\/|\?|$)|(docs|users)\/?(\?|$))/.test(target),
  ],
  [
    'MSW reads a path without its percent-encoding',
    ({ target }) => /%/.test(target.split('?', 1)[0] ?? '') && !/^\/api\/v1\/auth/.test(target),
  ],
]
const NOT_THROUGH_A_SOCKET: readonly [reason: string, applies: (request: RawRequest) => boolean][] =
  [['Node’s HTTP parser refuses such a request line', ({ target }) => /[^\x21-\x7e]/.test(target)]]

const isExempt = (rules: typeof NOT_THROUGH_MSW, request: RawRequest) =>
  rules.some(([, applies]) => applies(request))

const readable = ({ body, ...request }: RawRequest) =>
  JSON.stringify({ ...request, body: Buffer.from(body).toString('latin1').slice(0, 300) })

async function compare(request: RawRequest): Promise<{ isThroughMsw: boolean }> {
  const core = await throughCore(request)
  if (!isExempt(NOT_THROUGH_A_SOCKET, request)) {
    expect(await throughSocket(request), readable(request)).toEqual(core)
  }
  const isThroughMsw = !isExempt(NOT_THROUGH_MSW, request)
  if (isThroughMsw) expect(await throughMsw(request), readable(request)).toEqual(core)
  return { isThroughMsw }
}

test('core, MSW and Express give the same answer to everything the evidence speaks of', async () => {
  const requests = await corpus()
  let throughMsw = 0
  for (const request of requests) {
    const { isThroughMsw } = await compare(request)
    if (isThroughMsw) throughMsw += 1
  }
  expect(throughMsw).toBeGreaterThan(requests.length * 0.8)
})

test('core, MSW and Express give the same answer to whatever is made of it', async () => {
  await fc.assert(
    fc.asyncProperty(mutated(await corpus()), async (request) => {
      await compare(request)
    }),
    { numRuns: 2000 },
  )
})
