import { request } from 'node:http'
import { expect, test } from 'vitest'
import { LITERALS, type PromiseName, promises } from '../../contracts/promises.js'
import { withStage } from '../../contracts/stage.js'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends to a stage, and says what came back and what was recorded. */
async function onStage(
  name: PromiseName,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
) {
  return withStage([name], async ({ url, recorded }) => {
    const { method = 'POST', path = promises[name].request.path, headers = JSON_TYPE } = options
    const status = await new Promise((resolve, reject) => {
      request(url, { method, path, headers }, (reply) => {
        reply.resume().once('end', () => resolve(reply.statusCode))
      })
        .once('error', reject)
        .end(options.body)
    })
    return { status, matched: recorded.map(({ isMatched }) => isMatched) }
  })
}

const LOGIN = JSON.stringify(promises.authenticated.request.body)

test.each<[string, Record<string, string>]>([
  [
    'an offer of HTTP/2, as Java makes it',
    { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAEAAEAAAAIAAAAA' },
  ],
  ['another case in the type', { 'content-type': 'Application/JSON' }],
  ['a charset after a space', { 'content-type': 'application/json ; charset=utf-8' }],
  ['a token that is of no use here', { authorization: `Bearer ${LITERALS.expiredAccessToken}` }],
  ['compression that it would take', { 'accept-encoding': 'gzip, br' }],
  ['a name that is not ASCII', { 'user-agent': 'Integra\u00e7\u00e3o/1.0' }],
  ['a charset that is none', { 'content-type': 'application/json; charset=\u00e9' }],
  ['a cookie and a condition', { cookie: 'a="b"; c', 'if-none-match': '*', range: 'bytes=0-' }],
  ['more headers than Pact would take', { 'x-long': 'a'.repeat(9000), 'x-empty': '' }],
])('a client with %s is right', async (_, headers) => {
  const sent = { headers: { ...JSON_TYPE, ...headers }, body: LOGIN }
  expect(await onStage('authenticated', sent)).toEqual({ status: 200, matched: [true] })
})

test.each<[string, Parameters<typeof onStage>[1]]>([
  ['TRACE', { method: 'TRACE' }],
  [
    'a path that leads to the right one',
    { path: '/api/v1/auth/../auth/token/11111/', body: LOGIN },
  ],
  ['a path in other letters', { path: '/api/v1/auth/token/%31%31111/', body: LOGIN }],
  [
    'a query',
    { path: '/api/v1/auth/token/11111/?', headers: { 'content-type': 'text/plain' }, body: LOGIN },
  ],
  ['a body twice', { body: LOGIN + LOGIN }],
])('%s is recorded, and refused', async (_, sent) => {
  expect(await onStage('authenticated', sent)).toEqual({ status: 500, matched: [false] })
})
