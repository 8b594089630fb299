import { expect, test } from 'vitest'
import { createZapSign } from '../../../src/index.js'
import { call, read } from '../../support.js'

const API = 'https://api.zapsign.com.br/api/v1'

test.each([
  ['POST', '/docs/', '/api/v1/docs/', 'GET, POST, HEAD, OPTIONS'],
  ['GET', '/docs/abc/', '/api/v1/docs/{token}/', 'GET, PUT, DELETE, HEAD, OPTIONS'],
  ['DELETE', '/docs/abc/', '/api/v1/docs/{token}/', 'GET, PUT, DELETE, HEAD, OPTIONS'],
  ['POST', '/users/create-user/', '/api/v1/users/create-user/', 'POST, OPTIONS'],
  ['DELETE', '/users/ana@example.com/', '/api/v1/users/{email}/', 'DELETE, OPTIONS'],
  ['GET', '/templates/', '/api/v1/templates/', 'GET, HEAD, OPTIONS'],
])(
  '%s %s is documented and not modelled: 501 after authentication',
  async (method, path, template, allow) => {
    const zapsign = createZapSign()
    const { access } = await zapsign.issueTokenPair()
    expect(await read(await call(zapsign, `Bearer ${access}`, API + path, { method }))).toEqual({
      status: 501,
      headers: { 'content-type': 'application/json', allow, 'x-zapsign-mock': 'not-modelled' },
      body: {
        detail: `zapsign-mock does not model ${method} ${template}. ZapSign documents this endpoint. Answer it with a route or a handler of your own.`,
      },
    })
    expect((await call(zapsign, undefined, API + path, { method })).status).toBe(403)
  },
)

test('a method that ZapSign does not document is still 405', async () => {
  const zapsign = createZapSign()
  const { access } = await zapsign.issueTokenPair()
  const url = `${API}/docs/abc/add-signer/`
  expect((await call(zapsign, `Bearer ${access}`, url)).status).toBe(405)
})

test('a path that is not documented is still 404', async () => {
  expect((await createZapSign().fetch(`${API}/docs/abc/unknown/`)).status).toBe(404)
})
