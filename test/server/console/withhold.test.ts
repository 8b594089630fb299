import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWithhold } from '../../../server/console/withhold.js'
import { createRedact } from '../../../src/internal.js'

const withhold = createWithhold(createRedact([]))

test.each([
  [
    'JSON',
    '{"username":"ana","password":"s3cret!"}',
    '{"username":"ana","password":"$ZAPSIGN_PASSWORD"}',
  ],
  ['a wrong name', '{"senha":"s3cret!"}', '{"senha":"$ZAPSIGN_PASSWORD"}'],
  ['an escaped name', '{"p\\u0061ssword":"s3cret!"}', '{"password":"$ZAPSIGN_PASSWORD"}'],
  ['a number', '{"password":1234567}', '{"password":"$ZAPSIGN_PASSWORD"}'],
  ['a list', '{"password":["s3cret!"]}', '{"password":"(withheld)"}'],
  ['a refresh token', '{"refresh":"abc.def"}', '{"refresh":"$ZAPSIGN_REFRESH_TOKEN"}'],
  [
    'what is wrong with a value',
    '{"password":null,"refresh":" ","access":true}',
    '{"password":null,"refresh":" ","access":true}',
  ],
  [
    'JSON with a comma too many',
    '{"username":"ana","password":"s3cret!",}',
    '{"username":"ana","password":"$ZAPSIGN_PASSWORD",}',
  ],
  [
    'JSON that is cut off',
    '{"username":"ana","password":"s3cr',
    '{"username":"ana","password":"$ZAPSIGN_PASSWORD"',
  ],
  ['a Python dictionary', "{'password': 's3cret!'}", "{'password': '$ZAPSIGN_PASSWORD'}"],
  ['a form', 'username=ana&password=s3cret%21', 'username=ana&password=$ZAPSIGN_PASSWORD'],
  ['a form with an encoded name', 'p%61ssword=s3cret', 'p%61ssword=$ZAPSIGN_PASSWORD'],
  ['a query', 'api_token=abc-def&page=2', 'api_token=$ZAPSIGN_ACCESS_TOKEN&page=2'],
  [
    'a multipart form',
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\ns3cret!\r\n--b--',
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n$ZAPSIGN_PASSWORD\r\n--b--',
  ],
])('a secret in %s is withheld, and the rest stays', (_, sent, shown) => {
  expect(withhold.fields(sent)).toBe(shown)
})

test.each(['a', 'name="a"\n', 'a="', '"a":', 'a=b\\'])('4 kB of %j take little time', (text) => {
  const started = performance.now()
  withhold.fields(text.repeat(4096 / text.length))
  expect(performance.now() - started).toBeLessThan(500)
})

test('a body of another encoding is not shown', () => {
  expect(withhold.fields('{\0"\0p\0')).toBe('(withheld: this is not UTF-8)')
})

test.each([
  ['authorization', 'Bearer abc.def.ghi', 'Bearer $ZAPSIGN_ACCESS_TOKEN'],
  ['Authorization', 'Token abc', 'Token $ZAPSIGN_ACCESS_TOKEN'],
  ['authorization', 'hunter2 is not a scheme', '$ZAPSIGN_ACCESS_TOKEN'],
  ['authorization', '', ''],
  ['cookie', 'session=abc', '(withheld: 11 characters)'],
  ['content-type', 'application/json', 'application/json'],
])('the header %s: %s is shown as %s', (name, value, shown) => {
  expect(withhold.header(name, value)).toBe(shown)
})

test('a known password is withheld wherever it is', () => {
  const { fields, header } = createWithhold(createRedact(['Hunter2Hunter2']))
  expect(fields('{"username":"hunter2hunter2"}')).toBe('{"username":"(withheld)"}')
  expect(header('referer', 'http://x/?p=Hunter2%48unter2')).not.toContain('unter2')
})

const FORMS: readonly ((password: string) => string)[] = [
  (password) => JSON.stringify({ username: 'ana', password }),
  (password) => `${JSON.stringify({ username: 'ana', password })},`,
  (password) => JSON.stringify([{ login: { password } }], undefined, 2),
  (password) => new URLSearchParams({ username: 'ana', password }).toString(),
]

test.each(FORMS.map((form) => [form('…'), form] as const))(
  'no password comes through in the form %s',
  (_, form) => {
    const password = fc
      .string({ minLength: 8, unit: 'grapheme' })
      .filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(password, (secret) => {
        expect(withhold.fields(form(secret))).toBe(form('$ZAPSIGN_PASSWORD').replace('%24', '$'))
      }),
    )
  },
)
