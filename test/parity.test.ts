import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RequestHandler } from 'express'
import fc from 'fast-check'
import { getResponse } from 'msw'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHandlers } from '../mocks/index.js'
import { createAppWith } from '../server/http/app.js'
import { ENDPOINTS } from '../src/endpoints/index.js'
import { createZapSign, PRODUCTION_URL, type ZapSign, type ZapSignOptions } from '../src/index.js'
import { models, toViews } from '../src/view.js'
import { corpus, type RawRequest } from './corpus.js'
import { mutated, SEED } from './mutations.js'
import { send } from './raw.js'
import { ANSWERED_OUTCOMES, CREDENTIALS, JSON_TYPE } from './support.js'

/** What every face must agree on. */
interface Seen {
  /** 0 where the connection broke. */
  status: number
  headers: Record<string, string | undefined>
  /** A character for each byte. */
  body: string
}

const COMPARED = ['content-type', 'www-authenticate', 'allow', 'location', 'x-zapsign-mock']

/** The same provider for each face, as new: same users, same seed, same time. */
const fresh = (options: ZapSignOptions = {}): ZapSign =>
  createZapSign({
    users: [
      CREDENTIALS,
      { username: '5', password: '1.0' },
      { username: 'inactive@example.com', password: 'inactive', active: false },
    ],
    seed: 'parity',
    now: '2026-01-01T00:00:00Z',
    warnings: false,
    ...options,
  })

/** Whoever answers the next request that comes through the socket. */
let listening: ZapSign
let server: ReturnType<typeof createServer>
let port: number
beforeAll(async () => {
  let count = 0
  // In turns: routes take each request through Express's router, and without them it is not used.
  server = createServer((request, response) => {
    const routes: RequestHandler | undefined =
      count++ % 2 === 0 ? (_, __, next) => next() : undefined
    createAppWith(listening, {}, { routes })(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const pick = (get: (name: string) => string | null | undefined) =>
  Object.fromEntries(COMPARED.map((name) => [name, get(name) ?? undefined]))

const BROKEN: Seen = { status: 0, headers: pick(() => undefined), body: '' }

type Face = (zapsign: ZapSign, request: RawRequest) => Promise<Seen | undefined>

const throughCore: Face = async (zapsign, { method, target, headers, body }) => {
  const [path = '', ...query] = target.split('?')
  const reply = await zapsign.reply({
    method,
    path,
    query: query.join('?'),
    headers: new Headers(headers),
    body,
  })
  return {
    status: reply.status,
    headers: pick((name) => reply.headers[name]),
    body: Buffer.from(reply.body).toString('latin1'),
  }
}

const throughMsw: Face = async (zapsign, { method, target, headers, body }) => {
  const sent = new Request(PRODUCTION_URL + target, {
    method,
    headers,
    ...(body.length > 0 && { body: body.slice() }),
  })
  const response = await getResponse(createHandlers(zapsign, { pages: true }), sent)
  if (!response) return undefined
  return {
    status: response.status,
    headers: pick((name) => response.headers.get(name)),
    body: Buffer.from(await response.arrayBuffer()).toString('latin1'),
  }
}

const throughSocket: Face = async (zapsign, request) => {
  listening = zapsign
  const reply = await send(port, request).catch(() => undefined)
  if (!reply) return BROKEN
  const { status, headers, bytes } = reply
  return { status, headers: pick((name) => headers[name]), body: bytes.toString('latin1') }
}

type Rule = readonly [reason: string, applies: (request: RawRequest) => boolean]

/**
 * The one place for what may differ between faces, and why. Besides, over a socket: a preflight
 * (Origin with Access-Control-Request-Method) is answered by the server, not by the provider, and the
 * links of pages begin with the scheme and host that were called.
 */
const NOT_THROUGH_MSW: readonly Rule[] = [
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
    'the handlers answer sign-in paths, and what a protected endpoint models',
    ({ method, target }) =>
      !/\/auth(?:\/|$)/i.test(pathOf(target)) &&
      !toViews(ENDPOINTS).some(
        (view) => matches(view.path, pathOf(target)) && models(view, method),
      ),
  ],
  [
    'MSW reads a path without its percent-encoding',
    ({ target }) => pathOf(target).includes('%') && !/\/auth(?:\/|$)/i.test(pathOf(target)),
  ],
]
const NOT_THROUGH_A_SOCKET: readonly Rule[] = [
  ['Node’s HTTP parser refuses such a request line', ({ target }) => /[^\x21-\x7e]/.test(target)],
]

/** Whether a path is the one of a template, with or without its final slash. */
const matches = (template: string, path: string) =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}?$`, 'i').test(path)

const pathOf = (target: string) => target.split('?', 1)[0] ?? ''

const isExempt = (rules: readonly Rule[], request: RawRequest) =>
  rules.some(([, applies]) => applies(request))

const readable = ({ body, ...request }: RawRequest) =>
  JSON.stringify({ ...request, body: Buffer.from(body).toString('latin1').slice(0, 300) })

async function compare(request: RawRequest): Promise<{ isThroughMsw: boolean }> {
  const core = await throughCore(fresh(), request)
  if (!isExempt(NOT_THROUGH_A_SOCKET, request)) {
    expect(await throughSocket(fresh(), request), readable(request)).toEqual(core)
  }
  const isThroughMsw = !isExempt(NOT_THROUGH_MSW, request)
  if (isThroughMsw) expect(await throughMsw(fresh(), request), readable(request)).toEqual(core)
  return { isThroughMsw }
}

test('core, MSW and Express give the same answer to every request of the evidence', async () => {
  const requests = await corpus()
  let throughMsw = 0
  for (const request of requests) {
    const { isThroughMsw } = await compare(request)
    if (isThroughMsw) throughMsw += 1
  }
  expect(throughMsw).toBeGreaterThan(requests.length * 0.8)
}, 240_000)

/** How many generated requests go through the faces; those that MSW cannot carry do not count. */
const RUNS = 2000

test('core, MSW and Express give the same answer to generated requests', async () => {
  let throughMsw = 0
  await fc.assert(
    fc.asyncProperty(mutated(await corpus()).map(withoutStrayBody), async (request) => {
      const { isThroughMsw } = await compare(request)
      if (isThroughMsw) throughMsw += 1
    }),
    { numRuns: RUNS * 1.5, seed: SEED },
  )
  expect(throughMsw).toBeGreaterThanOrEqual(RUNS)
}, 240_000)

function withoutStrayBody(request: RawRequest): RawRequest {
  return ['GET', 'HEAD'].includes(request.method) ? { ...request, body: new Uint8Array() } : request
}

const login = (credentials: object = CREDENTIALS, headers: Record<string, string> = {}) =>
  requestFor('POST', '/api/v1/auth/token/11111/', {
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify(credentials),
  })
const page = (target: string, headers: Record<string, string> = {}) =>
  requestFor('GET', target, { headers })

function requestFor(
  method: string,
  target: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string },
): RawRequest {
  const name = `${method} ${target}`
  return { name, method, target, headers, body: new TextEncoder().encode(body) }
}

const WRONG = { ...CREDENTIALS, password: 'wrong' }
interface Scenario {
  name: string
  options?: ZapSignOptions
  prepare?(zapsign: ZapSign): void
  requests: RawRequest[]
  statuses: number[]
}

/** What takes options, or several requests one after the other. */
const SCENARIOS: Scenario[] = [
  {
    name: 'too many logins',
    requests: [...Array.from({ length: 5 }, () => login(WRONG)), login()],
    statuses: [401, 401, 401, 401, 401, 400],
  },
  ...(['pt-br', 'es'] as const).map((language) => ({
    name: language,
    options: { language },
    requests: [login({}), page('/api/v1/auth/token/1/'), page('/api/v1/docs/')],
    statuses: [400, 405, 403],
  })),
  {
    name: '403',
    options: { unauthorizedStatus: 403 },
    requests: [
      page('/api/v1/docs/', { authorization: 'Bearer x.y' }),
      page('/api/v1/users/', { authorization: 'Bearer x.y' }),
    ],
    statuses: [403, 403],
  },
  {
    name: 'static tokens',
    options: { apiTokens: ['t'] },
    requests: [
      page('/api/v1/docs/', { authorization: 'Bearer t' }),
      page('/api/v1/users/?api_token=t'),
      page('/api/v1/docs/?api_token=x'),
    ],
    statuses: [200, 200, 403],
  },
  {
    name: 'an organization that does not exist',
    options: { organizations: [{ id: '7' }] },
    requests: [login()],
    statuses: [401],
  },
  ...ANSWERED_OUTCOMES.map((outcome) => ({
    name: `the outcome ${outcome}`,
    prepare: (zapsign: ZapSign) => zapsign.outcomes.next(outcome, { times: 2 }),
    requests: [login(WRONG), login(WRONG), login(WRONG)],
    statuses: [],
  })),
]

test.each(SCENARIOS)(
  'core, MSW and Express give the same answers to $name',
  async ({ options, prepare, requests, statuses }) => {
    const through = async (face: Face) => {
      const zapsign = fresh(options)
      prepare?.(zapsign)
      const answers: (Seen | undefined)[] = []
      for (const request of requests) answers.push(await face(zapsign, request))
      return answers
    }
    const core = await through(throughCore)
    expect(await through(throughMsw)).toEqual(core)
    expect(await through(throughSocket)).toEqual(core)
    if (statuses.length > 0) expect(core.map((seen) => seen?.status)).toEqual(statuses)
  },
)
