import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { type GuardedRequest, requireBearer } from '../../../server/index.js'
import { createZapSign } from '../../../src/index.js'

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('in Express, an access token lets a request pass, with its user without the password', async () => {
  const zapsign = createZapSign()
  const app = express()
  app.use('/api', requireBearer(zapsign))
  app.get('/api/mine', (request: GuardedRequest, response) => {
    response.status(201).json(request.zapsign)
  })
  const url = await listen(app)
  const { access } = await zapsign.issueTokenPair()
  const response = await fetch(`${url}/api/mine`, {
    headers: { authorization: `Bearer ${access}` },
  })
  expect([response.status, await response.json()]).toEqual([
    201,
    {
      user: { id: 1, username: 'dev@example.com.br', active: true },
      organization: { id: '11111' },
    },
  ])
  expect(zapsign.journal.entries).toMatchObject([
    { method: 'GET', path: '/api/mine', status: 201, outcome: 'authorized', source: 'configured' },
  ])
})

test('without a token the request gets the error response of the provider', async () => {
  const zapsign = createZapSign()
  const app = express()
  app.get('/mine', requireBearer(zapsign), () => {
    throw new Error('must not be reached')
  })
  const response = await fetch(`${await listen(app)}/mine`)
  expect([response.status, response.headers.get('x-zapsign-mock'), await response.json()]).toEqual([
    403,
    'inferred',
    { detail: 'Authentication credentials were not provided.' },
  ])
})

test('it works on plain node:http requests', async () => {
  const zapsign = createZapSign({ apiTokens: ['static'] })
  const guard = requireBearer(zapsign)
  const url = await listen((request: GuardedRequest, response) =>
    guard(request, response, () => response.end(JSON.stringify(request.zapsign))),
  )
  const response = await fetch(`${url}/?api_token=static`)
  expect([response.status, await response.json()]).toEqual([200, {}])
})

test('a forced outcome breaks the connection', async () => {
  const zapsign = createZapSign({ apiTokens: ['static'] })
  zapsign.outcomes.next('connectionReset')
  const guard = requireBearer(zapsign)
  const url = await listen((request, response) => guard(request, response, () => response.end()))
  await expect(fetch(`${url}/?api_token=static`)).rejects.toThrow(TypeError)
})

test('a value that is not a provider is refused', () => {
  expect(() => requireBearer({} as never)).toThrow(/^requireBearer takes what createZapSign\(\)/)
})
