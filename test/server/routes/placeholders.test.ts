import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  assertPlaceholder,
  fillHeader,
  fillIn,
  placeholdersIn,
  type Values,
} from '../../../server/routes/placeholders.js'
import { loadFaker } from '../../../src/internal.js'

const VALUES: Values = {
  path: { token: 'abc' },
  query: { page: '2' },
  body: { name: 'a contract', count: 3, signers: [{ email: 'ana@example.com' }], '{{now}}': 1 },
  now: new Date(0),
}

test.each<[unknown, unknown]>([
  ['{{path.token}}', 'abc'],
  ['x-{{ path.token }}-{{query.page}}', 'x-abc-2'],
  ['{{body.count}}', 3],
  ['n{{body.count}}', 'n3'],
  ['{{body.signers}}', [{ email: 'ana@example.com' }]],
  ['{{body.signers.0.email}}', 'ana@example.com'],
  ['{{body.missing}}', null],
  ['[{{body.missing}}]', '[]'],
  ['{{now}}', '1970-01-01T00:00:00.000Z'],
  [
    { a: ['{{path.token}}', 1, null, true], '{{path.token}}': 2 },
    { a: ['abc', 1, null, true], abc: 2 },
  ],
])('the template %j becomes %j', (template, filled) => {
  expect(fillIn(template, VALUES)).toEqual(filled)
})

test('{{uuid}} is a new UUID each time', () => {
  const [one, other] = [fillIn('{{uuid}}', VALUES), fillIn('{{uuid}}', VALUES)]
  expect(one).toMatch(/^[0-9a-f-]{36}$/)
  expect(one).not.toBe(other)
})

test('values are inserted once and never read as templates', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const value = `{{uuid}}${text}{{path.token}}`
      const filled = fillIn(
        { whole: '{{body.x}}', part: '-{{body.x}}-' },
        { ...VALUES, body: { x: value } },
      )
      expect(filled).toEqual({ whole: value, part: `-${value}-` })
    }),
  )
})

test('a header value never gets a line break', () => {
  const body = { x: 'a\r\nset-cookie: b\u2028' }
  expect(fillHeader('{{body.x}}', { ...VALUES, body })).toBe('a  set-cookie: b ')
})

test('inherited properties are not values', () => {
  expect(fillIn('{{body.constructor.name}}', VALUES)).toBeNull()
})

test('placeholders are found in keys and values', () => {
  expect(placeholdersIn({ '{{a}}': ['{{ b.c }}'] })).toEqual(['a', 'b.c'])
})

test.each([
  'nope',
  'path.other',
  'uuid.x',
  'body',
  'faker.person',
  'faker.nope.nope',
  'faker.person.constructor',
  '',
])('the placeholder {{%s}} is refused', async (placeholder) => {
  const faker = await loadFaker({})
  expect(() =>
    assertPlaceholder(placeholder, { place: 'routes[0]', names: ['token'], faker }),
  ).toThrow(`routes[0]: unknown placeholder {{${placeholder}}}. Use `)
})

test('faker values are repeatable with a seed', async () => {
  const fill = async () =>
    fillIn('{{faker.person.fullName}}', { ...VALUES, faker: await loadFaker({ seed: 1 }) })
  expect(await fill()).toBe(await fill())
})
