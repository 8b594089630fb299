import { expect, test } from 'vitest'
import { substitute } from '../../../contracts/provider/substitute.js'

const REQUEST = {
  method: 'POST',
  path: '/api/v1/auth/token/11111/',
  query: 'page=11111',
  headers: { 'content-type': 'application/json', authorization: 'Bearer literal' },
  body: '{"username":"dev","nested":["dev","developer"],"n":11111}',
}

test('whole values are replaced, in path, headers and body', () => {
  const real = new Map([
    ['11111', 'a/b'],
    ['literal', 'real'],
    ['dev', 'ana "x"'],
  ])
  expect(substitute(REQUEST, real)).toEqual({
    ...REQUEST,
    path: '/api/v1/auth/token/a%2Fb/',
    headers: { 'content-type': 'application/json', authorization: 'Bearer real' },
    body: '{"username":"ana \\"x\\"","nested":["ana \\"x\\"","developer"],"n":11111}',
  })
})

test('without substitutes a request stays as it is, byte by byte', () => {
  const request = { ...REQUEST, path: '/a%2fb%zz/', body: '{ "a" : 1 }' }
  expect(substitute(request, new Map())).toBe(request)
})

test('a body that is not JSON stays as it is', () => {
  expect(substitute({ ...REQUEST, body: 'dev=1' }, new Map([['dev', 'x']])).body).toBe('dev=1')
})

test('a path that does not decode stays as it is', () => {
  const request = { ...REQUEST, path: '/%zz/dev/' }
  expect(substitute(request, new Map([['dev', 'x']])).path).toBe('/%zz/x/')
})
