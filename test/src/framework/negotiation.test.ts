import { expect, test } from 'vitest'
import { negotiate, renderJson } from '../../../src/framework/negotiation.js'

test.each([
  null,
  '*/*',
  'application/json',
  'APPLICATION/JSON',
  'application/*',
  '*/json',
  'text/html, application/json;q=0.1',
  'application/json;q=0',
  'text/html,*/*;q=0.8',
  'application/json; charset=utf-8',
  ' application/json ',
])('Accept %j admits JSON', (accept) => {
  expect(negotiate(accept)).toEqual({ indent: undefined })
})

test.each([
  '',
  'text/html',
  'application/xml',
  'json',
  '*',
  'application',
  'text/*',
  'application/json+x',
  ',',
])('Accept %j does not admit JSON', (accept) => {
  expect(negotiate(accept)).toBeUndefined()
})

test.each([
  ['application/json; indent=2', 2],
  ['application/json;INDENT=4', 4],
  ['application/json; indent="3"', 3],
  ['*/*; indent=1', 1],
  ['application/json; indent=99', 8],
  ['application/json; indent=0', undefined],
  ['application/json; indent=-1', undefined],
  ['application/json; indent=two', undefined],
  ['*/*; indent=1, application/json; indent=5', 5],
  ['application/json, */*; indent=5', undefined],
])('Accept %j asks for the indentation %j', (accept, indent) => {
  expect(negotiate(accept)).toEqual({ indent })
})

test('JSON is compact, with line separators escaped and everything else as it is', () => {
  expect(renderJson({ a: 'é\u2028\u2029', b: [1, null] })).toBe(
    '{"a":"é\\u2028\\u2029","b":[1,null]}',
  )
})

test('indented JSON keeps empty lists together', () => {
  expect(renderJson({ a: [], b: { c: 1 } }, { indent: 2 })).toBe(
    '{\n  "a": [],\n  "b": {\n    "c": 1\n  }\n}',
  )
})
