import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readObject } from '../../../contracts/provider/json-body.js'

test.each<[string, string]>([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['\ufeff{"a":1}', 'it begins with a byte order mark'],
  ['{"a":1,}', 'it is not valid JSON at line 1, column 8'],
  ['{\n  "a": hidden\n}', 'it is not valid JSON at line 2, column 8'],
  ['<html>hidden</html>', 'it is not valid JSON at line 1, column 1'],
  ['{"a":1}{"b":2}', 'it is not valid JSON at line 1, column 8'],
  ['null', 'it is null, not an object'],
  ['[1]', 'it is a list, not an object'],
  ['"hidden"', 'it is a string, not an object'],
])('%j is not a JSON object, and the reason is named without quoting it', (text, reason) => {
  expect(readObject(text)).toBe(reason)
})

test('every JSON object is read, and every other text has a reason of one line', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value)
      expect(readObject(text)).toEqual(JSON.parse(text))
    }),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = readObject(text)
      if (typeof found === 'string') expect(found).toMatch(/^it .+$/)
    }),
  )
})
