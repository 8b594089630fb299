// `node client.mjs axios`: the scenario with one HTTP client, in Node, Bun or Deno.
import http2 from 'node:http2'
import https, { request as namedRequest } from 'node:https'
import process from 'node:process'
import { Worker } from 'node:worker_threads'
import { scenario } from './scenario.mjs'

const overFetch =
  (send) =>
  async ({ url, ...init }) => {
    const response = await send(url, init)
    return { status: response.status, text: await response.text() }
  }

const overHttps =
  (request, extra = {}) =>
  ({ url, method, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, ...extra }, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      sent.on('error', reject)
      sent.end(body)
    })

const overHttp2 = ({ url, method, headers, body }) =>
  new Promise((resolve, reject) => {
    const { origin, pathname, search } = new URL(url)
    const session = http2.connect(origin).on('error', reject)
    const stream = session.request({ ':method': method, ':path': pathname + search, ...headers })
    let status = 0
    let text = ''
    stream.on('response', (head) => {
      status = head[':status']
    })
    stream.on('data', (chunk) => {
      text += chunk
    })
    stream.on('error', reject)
    stream.on('end', () => {
      session.close()
      resolve({ status, text })
    })
    stream.end(body)
  })

const overAxios = (axios, extra) => async (request) => {
  const { body: data, ...rest } = request
  const response = await axios({ ...rest, data, ...extra, validateStatus: () => true })
  return { status: response.status, text: JSON.stringify(response.data) }
}

const overGot =
  (got, extra) =>
  async ({ url, method, headers, body }) => {
    const response = await got(url, { method, headers, body, throwHttpErrors: false, ...extra })
    return { status: response.statusCode, text: response.body }
  }

const CLIENTS = {
  fetch: async () => overFetch(fetch),
  https: async () => overHttps(https.request),
  'https, named import': async () => overHttps(namedRequest),
  'https, own Agent': async () => overHttps(https.request, { agent: new https.Agent() }),
  http2: async () => overHttp2,
  axios: async () => overAxios((await import('axios')).default),
  'axios 0.27': async () => overAxios((await import('axios-0.27')).default),
  got: async () => overGot((await import('got')).default),
  'got, HTTP/2': async () => overGot((await import('got')).default, { http2: true }),
  undici: async () => overFetch((await import('undici')).fetch),
  'node-fetch': async () => overFetch((await import('node-fetch')).default),
  superagent: async () => {
    const { default: superagent } = await import('superagent')
    return async ({ url, method, headers, body }) => {
      const sent = superagent(method, url)
        .set(headers)
        .ok(() => true)
      const { status, text } = await sent.send(body)
      return { status, text }
    }
  },
}

const [name = ''] = process.argv.slice(2)
if (name === 'fetch in a worker thread') {
  const worker = new Worker(new URL(import.meta.url), { argv: ['fetch'] })
  worker.on('error', (error) => console.error(error))
} else {
  await scenario(await CLIENTS[name]())
}
