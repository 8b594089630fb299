import * as v from 'valibot'
import { expect, test } from 'vitest'
import { baseUrl, check, checkNeeds, objectOf, type SchemasOf } from '../../contracts/options.js'

interface Example {
  name: string
  count?: number
}

const schemas = { name: v.string('a name'), count: v.optional(v.number('a number'), 3) }

test('an interface and its schema must agree, or they do not compile', () => {
  const schema = objectOf(schemas satisfies SchemasOf<Example>)
  const options: Example = { name: 'a' }
  expect(check(schema, options)).toEqual({ name: 'a', count: 3 })
  // @ts-expect-error an option without a schema
  const missing = { name: schemas.name } satisfies SchemasOf<Example>
  // @ts-expect-error a schema without an option
  const additional = { ...schemas, other: v.string() } satisfies SchemasOf<Example>
  // @ts-expect-error a schema that accepts another type
  const other = { ...schemas, count: v.optional(v.string()) } satisfies SchemasOf<Example>
  const narrow = objectOf({ name: v.literal('a'), count: v.optional(v.number()) })
  // @ts-expect-error an interface that allows more than the schema accepts
  check(narrow, options)
  expect([missing, additional, other]).toHaveLength(3)
})

const urlSchema = objectOf({ baseUrl })

test.each(['https://api.zapsign.com.br', 'http://localhost:1/a/'])('%s is a base URL', (url) => {
  expect(check(urlSchema, { baseUrl: url })).toEqual({ baseUrl: url })
})

test.each([
  ['ftp://a', '"ftp://a"'],
  ['api.zapsign.com.br', '"api.zapsign.com.br"'],
  ['https://me:hidden-value@a', '"(withheld)"'],
  ['https://a?token=hidden-value', '"(withheld)"'],
  ['https://a#b', '"(withheld)"'],
])('%s is refused as a base URL, and nothing secret is quoted', (url, quoted) => {
  expect(() => check(urlSchema, { baseUrl: url })).toThrow(
    new RangeError(
      `baseUrl must be an http or https URL without user name, password, query and fragment, such as "https://sandbox.api.zapsign.com.br", got ${quoted}`,
    ),
  )
})

test('an option that needs another one names both, as the caller calls them', () => {
  const needs = [['publish', ['broker', 'version']]] as const
  const flags = (name: string) => `--${name}`
  expect(() => checkNeeds({ publish: true, broker: 'x' }, needs, flags)).toThrow(
    new TypeError('--publish needs --version'),
  )
  expect(checkNeeds({ publish: false }, needs)).toBeUndefined()
  expect(checkNeeds({}, needs)).toBeUndefined()
  expect(checkNeeds({ publish: true, broker: 'x', version: '1' }, needs)).toBeUndefined()
})
