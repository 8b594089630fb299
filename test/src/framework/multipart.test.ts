import { expect, test } from 'vitest'
import { FILE } from '../../../src/framework/fields.js'
import { MultipartError, parseMultipart } from '../../../src/framework/multipart.js'
import { TooManyFieldsError } from '../../../src/python/urllib.js'

const TYPE = 'multipart/form-data; boundary=XX'
const parse = (text: string, type = TYPE) =>
  Object.fromEntries(parseMultipart(new TextEncoder().encode(text), type))
const field = (name: string, value: string, more = '') =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`

test('fields are read, the last of a name wins', () => {
  expect(parse(`${field('a', '1')}${field('b', 'é\r\n')}${field('a', '2')}--XX--\r\n`)).toEqual({
    a: '2',
    b: 'é\r\n',
  })
})

test('a file is not text, and replaces a text of the same name', () => {
  const file = field('a', 'content', '; filename="f.txt"')
  expect(parse(`${file}${field('a', 'text')}--XX--`)).toEqual({ a: FILE })
})

test('a part with an empty file name is text', () => {
  expect(parse(`${field('a', 'text', '; filename=""')}--XX--`)).toEqual({ a: 'text' })
})

test.each([
  ['without a closing boundary', field('a', '1').replace(/\r\n$/, ''), { a: '1' }],
  ['without headers', '--XX\r\n\r\nvalue\r\n--XX--', {}],
  ['without a name', '--XX\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--XX--', {}],
  [
    'with base64',
    field('a', 'YWJj').replace('\r\n\r\n', '\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
    { a: 'abc' },
  ],
  ['with another boundary', field('a', '1').replaceAll('XX', 'YY'), { a: '1\r\n' }],
])('a body %s is read leniently', (_, text, fields) => {
  expect(parse(text)).toEqual(fields)
})

test('a file that nothing follows is incomplete and skipped', () => {
  const file = field('a', 'content', '; filename="f.txt"')
  expect(parse(file)).toEqual({})
  expect(parse(`${file}--XX`)).toEqual({})
  expect(parse(`${file}--XX--`)).toEqual({ a: FILE })
})

test('a file that claims to be base64 and is not is refused', () => {
  const more = '; filename="f.txt"\r\nContent-Transfer-Encoding: base64'
  expect(parse(`${field('a', 'YWI=', more)}--XX--`)).toEqual({ a: FILE })
  expect(() => parse(`${field('a', 'YW', more)}--XX--`)).toThrow(
    new MultipartError('Could not decode base64 data.'),
  )
})

test.each([
  ['multipart/form-data', 'Invalid boundary in multipart: None'],
  ['multipart/form-data; boundary=', 'Invalid boundary in multipart: '],
  ['multipart/form-data; boundary="a "', 'Invalid boundary in multipart: a '],
  ['Multipart/Form-Data; boundary=XX', 'Invalid Content-Type: Multipart/Form-Data; boundary=XX'],
])('the content type %j gets %j', (type, message) => {
  expect(() => parse('', type)).toThrow(new MultipartError(message))
})

test('more than a thousand fields, or a hundred files, are too many', () => {
  expect(() => parse(field('a', '1').repeat(1003))).toThrow(TooManyFieldsError)
  expect(() => parse(field('a', '1', '; filename="f"').repeat(101))).toThrow(TooManyFieldsError)
})
