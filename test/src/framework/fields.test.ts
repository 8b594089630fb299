import { expect, test } from 'vitest'
import { FILE, type FieldValue, validateFields } from '../../../src/framework/fields.js'
import { MESSAGES } from '../../../src/framework/messages.js'

const check = (value: FieldValue | undefined) =>
  validateFields(new Map(value === undefined ? [] : [['name', value]]), ['name'], MESSAGES.en)

test.each<[FieldValue | undefined, string]>([
  [undefined, 'This field is required.'],
  [null, 'This field may not be null.'],
  ['', 'This field may not be blank.'],
  [' \u3000\n', 'This field may not be blank.'],
  [true, 'Not a valid string.'],
  [[], 'Not a valid string.'],
  [new Map(), 'Not a valid string.'],
  [FILE, 'Not a valid string.'],
  ['a\0b', 'Null characters are not allowed.'],
  ['a\ud800', 'Surrogate characters are not allowed: U+D800.'],
])('the value %o gets %j', (value, message) => {
  expect(check(value)).toEqual({ errors: { name: [message] } })
})

test('all errors of one value are reported together', () => {
  expect(check('\0\udfff')).toEqual({
    errors: {
      name: ['Null characters are not allowed.', 'Surrogate characters are not allowed: U+DFFF.'],
    },
  })
})

test.each<[FieldValue, string]>([
  ['  a b\u00a0', 'a b'],
  ['\ufeffa', '\ufeffa'],
  ['😀', '😀'],
  [{ type: 'int', text: '5' }, '5'],
  [{ type: 'float', text: '1e+16' }, '1e+16'],
])('the value %o becomes %j', (value, text) => {
  expect(check(value)).toEqual({ values: { name: text } })
})

test.each([
  [null, 'No data provided'],
  [[], 'Invalid data. Expected a dictionary, but got list.'],
  ['x', 'Invalid data. Expected a dictionary, but got str.'],
  [true, 'Invalid data. Expected a dictionary, but got bool.'],
  [{ type: 'int', text: '1' }, 'Invalid data. Expected a dictionary, but got int.'],
  [{ type: 'float', text: '1.0' }, 'Invalid data. Expected a dictionary, but got float.'],
] as const)('%o instead of fields gets %j', (data, message) => {
  const body = Array.isArray(data) ? [] : data
  expect(validateFields(body as never, ['name'], MESSAGES.en)).toEqual({
    errors: { non_field_errors: [message] },
  })
})

test('each field has its own errors, in the order of the fields', () => {
  const result = validateFields(new Map([['b', null]]), ['a', 'b'], MESSAGES['pt-br'])
  expect(JSON.stringify(result.errors)).toBe(
    '{"a":["Este campo é obrigatório."],"b":["Este campo não pode ser nulo."]}',
  )
})
