import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseForm, quote, TooManyFieldsError, unquoteToBytes } from '../../../src/python/urllib.js'

const parse = (text: string, charset?: string) =>
  Object.fromEntries(parseForm(new TextEncoder().encode(text), charset))

test.each([
  ['a=1&b=2', { a: '1', b: '2' }],
  ['a=1&a=2', { a: '2' }],
  ['a', { a: '' }],
  ['a=', { a: '' }],
  ['=1', { '': '1' }],
  ['a=b=c', { a: 'b=c' }],
  ['&&a=1&', { a: '1' }],
  ['', {}],
  ['a+b=c+d', { 'a b': 'c d' }],
  ['a%2Bb=%C3%A9', { 'a+b': 'é' }],
  ['a=%', { a: '%' }],
  ['a=%zz%4', { a: '%zz%4' }],
  ['a=%ff', { a: '\ufffd' }],
  ['a=é%C3%A9', { a: 'éé' }],
  ['a;b=1', { 'a;b': '1' }],
])('the form %j is %j', (text, fields) => {
  expect(parse(text)).toEqual(fields)
})

test('a form that is not UTF-8 is read as latin-1', () => {
  expect(parseForm(Uint8Array.from([0x61, 0x3d, 0xe9])).get('a')).toBe('é')
})

test.each([
  ['utf-16', 'password='],
  ['utf-16-le', 'password='],
  ['utf-16-be', 'password='],
  ['utf-16-be', 'password=\xd8\x00'],
])('a form that is cut off in %s is read as latin-1', (charset, text) => {
  const form = parseForm(
    Uint8Array.from(text, (unit) => unit.charCodeAt(0)),
    charset,
  )
  expect([...form]).toEqual([text.split('=')])
})

test('percent-encoded bytes are in the charset', () => {
  expect(parse('a=%E9', 'iso-8859-1')).toEqual({ a: 'é' })
})

test('a thousand fields are read, and more are refused', () => {
  expect(
    Object.keys(parse(Array.from({ length: 1000 }, (_, index) => `f${index}=`).join('&'))),
  ).toHaveLength(1000)
  expect(() => parse('&'.repeat(1000))).toThrow(TooManyFieldsError)
})

test('parseForm reads the output of URLSearchParams', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
      (fields) => {
        expect(parse(new URLSearchParams(fields).toString())).toEqual({ ...fields })
      },
    ),
  )
})

test('quote keeps safe characters and encodes the others as UTF-8', () => {
  expect(quote('/a b/é~_.-1:@', '/:@')).toBe('/a%20b/%C3%A9~_.-1:@')
})

test('unquoteToBytes keeps text that is not percent-encoded', () => {
  expect(String.fromCharCode(...unquoteToBytes('%41%4g%'))).toBe('A%4g%')
})
