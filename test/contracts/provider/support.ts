import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { PromiseName, VerifyOptions } from '../../../contracts/index.js'
import { writePact } from '../../../contracts/pact/write-pact.js'
import { verifyWith } from '../../../contracts/provider/verify-provider.js'
import { withDefaults } from '../../../contracts/provider/verify-settings.js'
import {
  type ApiReply,
  type ApiRequest,
  createZapSign,
  DEFAULT_SIGNING_KEY,
  type ZapSign,
} from '../../../src/index.js'

/** A mock whose clock stands still, so that lifetimes are exact. */
export const create = () => createZapSign({ warnings: false, now: '2026-01-01T00:00:00Z' })

export type Tamper = (
  reply: ApiReply,
  request: ApiRequest,
  zapsign: ZapSign,
) => ApiReply | Promise<ApiReply>

/** A provider that is right except for what is done to its replies. */
export function tampered(tamper: Tamper, zapsign = create()): ZapSign {
  return {
    ...zapsign,
    reply: async (request) => tamper(await zapsign.reply(request), request, zapsign),
  }
}

export const onStatus =
  (status: number, change: (reply: ApiReply) => Partial<ApiReply>): Tamper =>
  (reply) =>
    reply.status === status ? { ...reply, ...change(reply) } : reply

export const json = (body: unknown) => ({ body: JSON.stringify(body) })

export const onBody = (status: number, change: (body: Record<string, unknown>) => unknown) =>
  onStatus(status, ({ body }) => json(change(JSON.parse(body))))

export type Payload = Record<string, unknown>

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
export const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Signs a token with the mock's own key. */
function sign(header: Payload, payload: Payload): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', DEFAULT_SIGNING_KEY).update(signed).digest('base64url')}`
}

/** Changes every token of a kind in a successful reply, and signs it again. */
export function onTokens(
  names: readonly string[],
  change: (payload: Payload, header: Payload) => Payload,
): Tamper {
  return onBody(200, (body) => {
    for (const name of names) {
      const token = body[name]
      if (typeof token !== 'string') continue
      const [first, second] = token.split('.')
      const header = decode(first)
      body[name] = sign(header, change(decode(second), header))
    }
    return body
  })
}

export const BOTH = ['access', 'refresh']

/** A login at a provider at a URL. */
export const ANA = { organization: '777', username: 'ana@example.com', password: 'hidden-value-1' }

/** Verifies without waiting in real time. */
export function verifyQuickly(options: VerifyOptions, wait: (ms: number) => void = () => {}) {
  return verifyWith(withDefaults(options), { wait: async (ms) => wait(ms) })
}

/** Answers requests over HTTP with `reply`, whatever was done to it. */
function listenerOf({ reply }: ZapSign): RequestListener {
  return async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = '', url = '', headers } = incoming
    const [path = '', ...query] = url.split('?')
    const {
      status,
      headers: sent,
      body,
    } = await reply({
      method,
      path,
      query: query.join('?'),
      headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
      body: Buffer.concat(chunks),
    })
    response.writeHead(status, { ...sent }).end(body)
  }
}

/** A folder and servers that are removed after each test of a file. */
export function useResources() {
  let folder: string
  const closers: (() => unknown)[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zapsign-mock-provider-'))
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await Promise.all(closers.splice(0).map((close) => close()))
  })

  async function listen(server: Server): Promise<string> {
    closers.push(() => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  function write(name: string, content: unknown): string {
    const file = join(folder, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  return {
    listen,
    /** Starts a server that answers each request with a function. */
    serve: (listener: RequestListener) => listen(createServer(listener)),
    /** Writes a file, and returns its name. */
    write,
    path: (name: string) => join(folder, name),
    /** Writes a pact about these promises only. */
    pactOf: (...names: PromiseName[]) =>
      write(`${names.join('-')}.json`, writePact('any client', names)),
    /** Starts a mock with ANA's account whose replies are changed. */
    async startTampered(tamper: Tamper = (reply) => reply, options = {}) {
      const { organization, username, password } = ANA
      const zapsign = createZapSign({
        warnings: false,
        organizations: [{ id: organization }],
        users: [{ username, password }],
        ...options,
      })
      const url = await listen(createServer(listenerOf(tampered(tamper, zapsign))))
      return { url, zapsign }
    },
  }
}

/** A pact in specification 2, as people write it by hand. */
export const V2 = {
  consumer: { name: 'by hand' },
  provider: { name: 'ZapSign' },
  interactions: [
    {
      description: 'a login',
      providerState: 'the user can sign in',
      request: {
        method: 'POST',
        path: '/api/v1/auth/token/11111/',
        headers: { 'Content-Type': 'application/json' },
        body: { username: 'dev@example.com.br', password: 'StrongPassword123' },
      },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { access: 'a.b.c', refresh: 'a.b.c' },
        matchingRules: { '$.body.access': { match: 'type' }, '$.body.refresh': { match: 'type' } },
      },
    },
    {
      description: 'a wrong login without a state',
      request: {
        method: 'POST',
        path: '/api/v1/auth/token/11111/',
        headers: { 'Content-Type': 'application/json' },
        body: { username: 'nobody', password: 'x' },
      },
      response: { status: 401 },
    },
  ],
  metadata: { pactSpecification: { version: '2.0.0' } },
}
