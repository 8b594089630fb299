import https from 'node:https'
import axios from 'axios'
import got from 'got'
import ky from 'ky'
import { setupServer } from 'msw/node'
import nodeFetch from 'node-fetch'
import superagent from 'superagent'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createHandlers } from '../../mocks/index.js'
import { createZapSign } from '../../src/index.js'
import { CREDENTIALS, DOCS, OBTAIN, REFRESH, TOO_MANY, WRONG_CREDENTIALS } from '../support.js'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

interface Answered {
  status: number | undefined
  body: unknown
}

/** A client library as a program uses it: posts JSON, or gets with a token. */
interface Client {
  post(url: string, body: object): Promise<Answered>
  get(url: string, token: string): Promise<Answered>
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const fetchLike = (fetchIt: typeof fetch): Client => ({
  async post(url, body) {
    const headers = { 'content-type': 'application/json' }
    const response = await fetchIt(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: await response.json() }
  },
  async get(url, token) {
    const response = await fetchIt(url, { headers: bearer(token) })
    return { status: response.status, body: await response.json() }
  },
})

function nodeHttps(url: string, options: object, body?: object): Promise<Answered> {
  return new Promise((resolve, reject) => {
    // Not as a named import: MSW replaces the function in the module's object.
    const call = https.request(url, options, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    })
    call.on('error', reject)
    call.end(body && JSON.stringify(body))
  })
}

const CLIENTS: Record<string, Client> = {
  fetch: fetchLike((...args) => fetch(...args)),
  'node-fetch': fetchLike(nodeFetch as unknown as typeof fetch),
  'node:https': {
    post: (url, body) =>
      nodeHttps(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, body),
    get: (url, token) => nodeHttps(url, { headers: bearer(token) }),
  },
  axios: {
    async post(url, body) {
      const { status, data } = await axios.post(url, body, { validateStatus: null })
      return { status, body: data }
    },
    async get(url, token) {
      const { status, data } = await axios.get(url, {
        headers: bearer(token),
        validateStatus: null,
      })
      return { status, body: data }
    },
  },
  got: {
    async post(url, json) {
      const { statusCode, body } = await got.post(url, {
        json,
        responseType: 'json',
        throwHttpErrors: false,
      })
      return { status: statusCode, body }
    },
    async get(url, token) {
      const options = {
        headers: bearer(token),
        responseType: 'json',
        throwHttpErrors: false,
      } as const
      const { statusCode, body } = await got(url, options)
      return { status: statusCode, body }
    },
  },
  ky: {
    async post(url, json) {
      const response = await ky.post(url, { json, throwHttpErrors: false })
      return { status: response.status, body: await response.json() }
    },
    async get(url, token) {
      const response = await ky(url, { headers: bearer(token), throwHttpErrors: false })
      return { status: response.status, body: await response.json() }
    },
  },
  superagent: {
    async post(url, json) {
      const { status, body } = await superagent
        .post(url)
        .send(json)
        .ok(() => true)
      return { status, body }
    },
    async get(url, token) {
      const { status, body } = await superagent
        .get(url)
        .set(bearer(token))
        .ok(() => true)
      return { status, body }
    },
  },
}

test.each(Object.entries(CLIENTS))(
  '%s signs in, fails, is limited, refreshes, and gets in again',
  async (_, client) => {
    const zapsign = createZapSign()
    server.use(...createHandlers(zapsign, { pages: true }))
    const wrong = { ...CREDENTIALS, password: 'wrong' }

    const signedIn = await client.post(OBTAIN, CREDENTIALS)
    expect(signedIn).toEqual({
      status: 200,
      body: { refresh: expect.any(String), access: expect.any(String) },
    })
    const { access, refresh } = signedIn.body as { access: string; refresh: string }
    expect((await client.get(DOCS, access)).status).toBe(200)

    for (let index = 0; index < 5; index += 1) {
      expect(await client.post(OBTAIN, wrong)).toEqual({ status: 401, body: WRONG_CREDENTIALS })
    }
    expect(await client.post(OBTAIN, CREDENTIALS)).toEqual({ status: 400, body: TOO_MANY })

    zapsign.time.advance('1h')
    expect((await client.get(DOCS, access)).status).toBe(401)
    const refreshed = await client.post(REFRESH, { refresh })
    expect(refreshed).toEqual({ status: 200, body: { access: expect.any(String) } })
    const { access: fresh } = refreshed.body as { access: string }
    expect((await client.get(DOCS, fresh)).status).toBe(200)
    expect((await client.post(OBTAIN, CREDENTIALS)).status).toBe(200)
  },
)

test.each(Object.entries(CLIENTS))(
  '%s reports a broken connection as an error',
  async (_, client) => {
    const zapsign = createZapSign()
    server.use(...createHandlers(zapsign))
    zapsign.outcomes.next('connectionReset', { times: Number.POSITIVE_INFINITY })
    await expect(client.post(OBTAIN, CREDENTIALS)).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('ENOTFOUND') }),
    )
  },
)

test('axios and got time out as they do with any silent server', async () => {
  const zapsign = createZapSign()
  server.use(...createHandlers(zapsign))
  zapsign.outcomes.next('timeout', { times: Number.POSITIVE_INFINITY })
  await expect(axios.post(OBTAIN, CREDENTIALS, { timeout: 30 })).rejects.toThrow(
    expect.objectContaining({ code: 'ECONNABORTED' }),
  )
  const options = { json: CREDENTIALS, timeout: { request: 30 }, retry: { limit: 0 } }
  await expect(got.post(OBTAIN, options)).rejects.toThrow(
    expect.objectContaining({ name: 'TimeoutError' }),
  )
})
