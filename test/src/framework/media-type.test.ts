import { expect, test } from 'vitest'
import { parseHeader } from '../../../src/framework/media-type.js'

test.each([
  ['text/plain', 'text/plain', {}],
  ['Text/Plain ; Charset=UTF-8', 'text/plain', { charset: 'UTF-8' }],
  ['a; b="c;d"; e=f', 'a', { b: 'c;d', e: 'f' }],
  ['a; b="c\\"d\\\\e"', 'a', { b: 'c"d\\e' }],
  ['a; b="unclosed; c=d', 'a', { b: '"unclosed; c=d' }],
  ['a; flag; =x; b=', 'a', { '': 'x', b: '' }],
  ["a; name*=utf-8''caf%C3%A9", 'a', { name: 'café' }],
  ['', '', {}],
  [';;', '', {}],
])('the header %j has the value %j and the parameters %j', (line, value, params) => {
  const header = parseHeader(line)
  expect([header.value, Object.fromEntries(header.params)]).toEqual([value, params])
})
