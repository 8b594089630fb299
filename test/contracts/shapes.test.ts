import { expect, test } from 'vitest'
import { PATTERNS } from '../../contracts/shapes.js'

/** JavaScript on Node 20 does not know `(?i:…)`. Pact does. */
const JSON_TYPE = new RegExp(PATTERNS.json.replace('(?i:', '(?:'), 'i')

test.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json ; charset=utf-8',
  'application/json\t;\tcharset=utf-8',
])('%j is JSON', (type) => {
  expect(type).toMatch(JSON_TYPE)
})

test.each([
  'application/jsonp',
  'text/json',
  ' application/json',
  'application/json charset=utf-8',
])('%j is not JSON', (type) => {
  expect(type).not.toMatch(JSON_TYPE)
})
