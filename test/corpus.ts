/**
 * Requests of every kind that the evidence speaks of, as raw as they go over a socket. The parity
 * test sends them to each face of the mock, the provider test to the mock and to the real frameworks.
 */
import { createHmac } from 'node:crypto'
import { CompactSign } from 'jose'
import { DEFAULT_SIGNING_KEY } from '../src/index.js'
import { CREDENTIALS } from './support.js'

export interface RawRequest {
  name: string
  method: string
  /** Path and query, as in a request line. */
  target: string
  headers: Record<string, string>
  body: Uint8Array
}

const OBTAIN = '/api/v1/auth/token/11111/'
const REFRESH = '/api/v1/auth/token-refresh/'
const DOCS = '/api/v1/docs/'
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const LOGIN = JSON.stringify(CREDENTIALS)

/** Long before and long after any test runs. */
const [PAST, FUTURE] = [1_000_000_000, 9_000_000_000]

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

interface Given {
  method?: string
  target?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

function request(
  name: string,
  { method = 'POST', target = OBTAIN, headers = {}, body = '' }: Given,
): RawRequest {
  return { name, method, target, headers, body: bytesOf(body) }
}

const json = (body: string | Uint8Array, given: Given = {}) =>
  request(`JSON ${describe(body)}${given.target ? ` to ${given.target}` : ''}`, {
    ...given,
    headers: { 'content-type': JSON_TYPE, ...given.headers },
    body,
  })

function describe(body: string | Uint8Array): string {
  return JSON.stringify(typeof body === 'string' ? body.slice(0, 80) : [...body.slice(0, 40)])
}

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Values for a field, as JSON writes them. */
const VALUES = [
  '""',
  '" "',
  '"\\t\\n"',
  '"\\u3000"',
  '"\\u001c"',
  '"\\ufeff"',
  '"\\u200b"',
  '"a"',
  '"a\\u0000b"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff x"',
  '"\\ud83d\\ude00"',
  '"\\u0000\\ud800"',
  'null',
  'true',
  'false',
  '[]',
  '["a"]',
  '{}',
  '{"a":1}',
  '0',
  '5',
  '-0',
  '-1',
  '1.0',
  '1e3',
  '1E400',
  '-0.0',
  '0.1',
  '123456789012345678901234567890',
  '1e16',
  '1e-7',
  '"é"',
  '" dev@example.com.br "',
  '"\\u00a0dev@example.com.br\\u2028"',
  '"DEV@EXAMPLE.COM.BR"',
]

const valueCases = VALUES.flatMap((value) => [
  json(`{"username":${value},"password":"StrongPassword123"}`),
  json(`{"username":"dev@example.com.br","password":${value}}`),
  json(`{"refresh":${value}}`, { target: REFRESH }),
])

/** Bodies that are not an object, or not JSON. */
const TEXTS = [
  '{}',
  'null',
  '[]',
  '[1]',
  '"x"',
  '1',
  '1.5',
  '-0',
  'true',
  'false',
  ' {} ',
  '\n\t{}\r\n',
  '{"username":"x"}',
  '{"password":"x"}',
  '{"username":"a","username":null,"password":"x"}',
  '{"Username":"a","password":"b"}',
  '{"username":"x","password":"y","organization_id":1}',
  '',
  ' ',
  '{',
  '{"',
  '{"a',
  '{"a"',
  '{"a":',
  '{"a" 1}',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{"a":1 "b"',
  '{a:1}',
  "{'a':1}",
  '{1:2}',
  '{"a":1}}',
  '{,}',
  '{"a"::1}',
  '[',
  '[1',
  '[1,',
  '[1,]',
  '[1 2]',
  '[]]',
  '[,1]',
  '{}x',
  '1 2',
  'nul',
  'Null',
  'tru',
  'NaN',
  '[NaN]',
  'Infinity',
  '-Infinity',
  '{"a":-Infinity}',
  '-',
  '-a',
  '01',
  '1.',
  '1.e5',
  '.5',
  '1e',
  '+1',
  '0x10',
  '"',
  '"a',
  '"\\',
  '"\\"',
  '"\\x"',
  '"\\u12"',
  '"\\u123g"',
  '"\\ud83d\\u12g4"',
  '"\\u1234',
  '"a\tb"',
  '"a\nb"',
  '"a\u0000b"',
  '{"a":1,\n"b":x}',
  '\n\n  {"a"\n:\n}',
  '\ufeff{}',
  '😀',
  '{"😀":x}',
  '"😀\n"',
  '\u00a0{}',
  '//c\n{}',
  '/*c*/{}',
  '{"username":"x",\n  "password": }',
  'undefined',
  '{"username":"dev@example.com.br","password":"StrongPassword123",}',
  '{"__proto__":{"username":"x"}}',
  `{"a":${'['.repeat(400)}${']'.repeat(400)}}`,
  `[${'1'.repeat(4301)}]`,
  '{"username":"dev@example.com.br","password":"StrongPassword123"} ',
  '"\\/\\b\\f\\n\\r\\t"',
  '{"a":"\\',
  '[[[[',
  '{"a":{"b":{"c":',
  '\r\n{"username"\r\n}',
  '{"ключ":}',
  '"\u2028"',
  '<xml/>',
  'username=dev',
]

const BYTES = [
  [0xff],
  [0x7b, 0x22, 0xff, 0x22, 0x7d],
  [0x22, 0xc3, 0x28, 0x22],
  [0x22, 0xe2, 0x82, 0x28, 0x22],
  [0x22, 0xf0, 0x9f, 0x98, 0x28, 0x22],
  [0x22, 0xed, 0xa0, 0x80, 0x22],
  [0x22, 0xc0, 0xaf, 0x22],
  [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
  [0x22, 0x80, 0x22],
  [0x7b, 0x7d, 0xc3],
  [0x22, 0xe2, 0x82],
  [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
  [0xff, 0xfe, 0x7b, 0x00],
  [0x22, 0xe0, 0x80, 0x80, 0x22],
  [0x00],
].map((bytes) => Uint8Array.from(bytes))

const bodyCases = [...TEXTS.map((text) => json(text)), ...BYTES.map((bytes) => json(bytes))]

const CONTENT_TYPES = [
  'application/json',
  'APPLICATION/JSON',
  'Application/Json; Charset=UTF-8',
  'application/json;charset=utf-8',
  'application/json; charset="utf-8"',
  'application/json; charset=iso-8859-1',
  'application/json; charset=latin-1',
  'application/json; charset=ascii',
  'application/json; charset=klingon',
  ' application/json ',
  'application/json;',
  'application/json; x',
  'application/json, text/plain',
  'application/*',
  '*/*',
  '*/json',
  'json',
  'application',
  'text/json',
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/xml',
  'text/html',
  'application/vnd.api+json',
  'application/json+x',
  'application/octet-stream',
  'image/png',
  FORM_TYPE,
  `${FORM_TYPE}; charset=utf-8`,
  `${FORM_TYPE}; charset=latin-1`,
  'Application/X-WWW-Form-Urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/mixed; boundary=x',
  'multipart/*; boundary=x',
  'multipart/form-data; boundary="a b"',
  'multipart/form-data; boundary="a "',
  `multipart/form-data; boundary=${'x'.repeat(300)}`,
  'Multipart/Form-Data; boundary=x',
  '/',
  ';',
  'a/b/c',
]

const mediaTypeCases = [...CONTENT_TYPES, undefined].flatMap((type) => {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
  return ['', LOGIN, '{"username":"\u00e9","password":"x"}'].map((body) =>
    request(`content type ${type} with ${describe(body)}`, { headers, body }),
  )
})

/** Names of charsets, as Python reads them. */
const CHARSETS = [
  ...[
    'utf-16',
    'UTF16',
    'utf-16-le',
    'utf-16le',
    'utf-16be',
    'utf-8-sig',
    'utf_8_sig',
    'utf8',
    'U8',
  ],
  ...[
    'cp1252',
    'windows-1252',
    'latin1',
    'l1',
    '8859',
    'iso8859-1',
    '646',
    'base64',
    'hex',
    'rot13',
  ],
  ...['zlib', 'bz2', 'undefined', 'mbcs', 'none', '', ' ', 'utf-8 ', 'utf 8', 'utf--8', 'utf.8'],
]

/** Those that the mock reads as UTF-8 although Python knows them. */
const RARE_CHARSETS = ['utf-32', 'utf-7', 'punycode', 'cp437', 'shift_jis']

const utf16 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'))

const charsetCases = CHARSETS.flatMap((charset) =>
  [
    LOGIN,
    '{"username":"\u00e9","password":"x"}',
    utf16(`\ufeff${LOGIN}`),
    utf16(LOGIN),
    `\ufeff${LOGIN}`,
  ].map((body, index) =>
    request(`charset ${JSON.stringify(charset)}, body ${index}`, {
      headers: { 'content-type': `application/json; charset=${charset}` },
      body,
    }),
  ),
)

const rareCharsetCases = RARE_CHARSETS.map((charset) =>
  request(`rare charset ${charset}`, {
    headers: { 'content-type': `application/json; charset=${charset}` },
    body: '{"username":"\u00e9","password":"x"}',
  }),
)

const formCharsetCases = ['utf-16', 'utf-8-sig', 'base64', 'undefined', 'cp1252', 'rot13'].flatMap(
  (charset) =>
    ['username=dev%40example.com.br&password=StrongPassword123', 'username=%E9&password='].map(
      (body) =>
        request(`a form in ${charset} ${body.slice(0, 12)}`, {
          headers: { 'content-type': `${FORM_TYPE}; charset=${charset}` },
          body,
        }),
    ),
)

const latin1Cases = [
  'application/json; charset=latin-1',
  'application/json; charset=ascii',
  'application/json',
].map((type) =>
  request(`latin-1 bytes as ${type}`, {
    headers: { 'content-type': type },
    body: latin1('{"username":"é","password":""}'),
  }),
)

const FORMS = [
  'username=dev%40example.com.br&password=StrongPassword123',
  'username=dev@example.com.br&password=StrongPassword123',
  'username=+dev%40example.com.br+&password=%20StrongPassword123',
  'username=x',
  'username=&password=',
  'username',
  'username&password',
  '&',
  '&&username=x&',
  '=',
  '=x',
  'a=b',
  'username=a&username=dev%40example.com.br&password=StrongPassword123',
  'username=%00&password=x',
  'username=%FF&password=%',
  'username=%zz&password=%4',
  'username=a%20b;password=x',
  'username=%ED%A0%80&password=x',
  'user+name=x',
  'username=a=b&password=c=d',
  '{"username":"x"}',
  `${'a=1&'.repeat(999)}username=x`,
  'a=1&'.repeat(1000),
  'username=%E2%80%A8&password=%C2%A0',
  'username=5&password=1.0',
  'username=%EF%BB%BFa&password=x',
]

const formCases = [
  ...FORMS.map((body) =>
    request(`form ${describe(body)}`, { headers: { 'content-type': FORM_TYPE }, body }),
  ),
  request('a form in latin-1', {
    headers: { 'content-type': FORM_TYPE },
    body: latin1('username=\xe9&password='),
  }),
  request('a form in latin-1 that says so', {
    headers: { 'content-type': `${FORM_TYPE}; charset=latin-1` },
    body: 'username=%E9&password=',
  }),
  request('a form to refresh', {
    target: REFRESH,
    headers: { 'content-type': FORM_TYPE },
    body: 'refresh=x',
  }),
  request('an empty form to refresh', {
    target: REFRESH,
    headers: { 'content-type': FORM_TYPE },
    body: 'refresh=',
  }),
]

const part = (disposition: string, value: string, more = '') =>
  `--XX\r\nContent-Disposition: ${disposition}\r\n${more}\r\n${value}\r\n`
const username = part('form-data; name="username"', 'dev@example.com.br')
const password = part('form-data; name="password"', 'StrongPassword123')

const BASE64 = 'Content-Transfer-Encoding: base64\r\n'
const file = (value: string, more = '') =>
  part('form-data; name="username"; filename="f.txt"', value, more)

const MULTIPARTS = [
  `${username}${password}--XX--\r\n`,
  `${username}${password}--XX--`,
  `${username}${password}`,
  `preamble\r\n${username}${password}--XX--\r\nepilogue`,
  `${username}--XX--\r\n`,
  '--XX--\r\n',
  'x',
  '\r\n',
  `${username.replaceAll('\r\n', '\n')}`,
  `${part('form-data; name=username', 'a')}${password}--XX--`,
  `${file('a')}${password}--XX--`,
  `${file('a')}--XX--`,
  `${file('a')}--XX`,
  file('a'),
  ...['YWJj', 'YWI=', 'YW\r\nJj', 'YWJ', 'Y', '!!!!', '!!!', 'YWI=YWI=', 'YWI=YW==', ''].flatMap(
    (text) => [
      `${file(text, BASE64)}${password}--XX--`,
      `${part('form-data; name="username"', text, BASE64)}${password}--XX--`,
    ],
  ),
  `${part('form-data; name="username"; filename=""', 'a')}${password}--XX--`,
  `${part('form-data', 'a')}${password}--XX--`,
  `${part('form-data; name=" username "', 'a')}${password}--XX--`,
  `${part('FORM-DATA; NAME="username"', 'a')}${password}--XX--`,
  `${part('form-data; name="username"', 'not base64!', BASE64)}--XX--`,
  `${part('form-data; name="username"', 'é', 'Content-Type: text/plain; charset=utf-8\r\n')}--XX--`,
  `${part('form-data; name="username"', '')}${password}--XX--`,
  `${username}${username}${password}--XX--`,
  `--XX\r\n\r\nno headers\r\n--XX--`,
  `--XX\r\nContent-Disposition form-data\r\n\r\nx\r\n--XX--`,
  `${part('form-data; name="username', 'a')}--XX--`,
  `${part(`form-data; name="username"; x="${'y'.repeat(1100)}"`, 'a')}--XX--`,
  `${part('form-data; name="username"', 'a\r\n\r\nb')}--XX--`,
  `${part('form-data; name="username"', 'a--XX b')}--XX--`,
  `${part("form-data; name*=utf-8''username", 'a')}--XX--`,
  `${username}${password}--XX--`.replaceAll('XX', 'YY'),
  `${part('attachment; name="username"', 'a')}--XX--`,
  `${part('form-data; name="username"; filename="."', 'a')}${password}--XX--`,
  part('form-data; name="a"', '1').repeat(1001),
]

const multipartCases = MULTIPARTS.map((body) =>
  request(`multipart ${describe(body)}`, {
    headers: { 'content-type': 'multipart/form-data; boundary=XX' },
    body,
  }),
)

const ACCEPTS = [
  '*/*',
  'application/json',
  'APPLICATION/JSON',
  'application/*',
  '*/json',
  'application/json;q=0',
  'application/json; charset=utf-8',
  'text/html',
  'application/xml',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'text/*',
  '',
  ' ',
  ',',
  'json',
  '*',
  'application',
  'application/json+x',
  'application/vnd.api+json',
  'text/html, application/json',
  'application/json; indent=2',
  'application/json; indent=4; q=1',
  'application/json; indent=0',
  'application/json; indent=99',
  'application/json; indent=-2',
  'application/json; indent=two',
  'application/json; indent=" 3"',
  'application/json; indent=1_0',
  '*/*; indent=2',
  'application/*; indent=1',
  'application/json;indent',
  'application/json; indent=2, text/html',
  '*/*, application/json; indent=3',
  'application/json, */*; indent=5',
  'text/html; indent=2',
  'application/json; q=0.5; indent=2',
  ';indent=2',
  'application/json;;indent=2',
  '*/xml',
  'a/b',
]

const acceptCases = ACCEPTS.flatMap((accept) => [
  request(`Accept ${JSON.stringify(accept)} on GET`, { method: 'GET', headers: { accept } }),
  json('{}', { headers: { accept } }),
  request(`Accept ${JSON.stringify(accept)} on a protected page`, {
    method: 'GET',
    target: DOCS,
    headers: { accept },
  }),
])

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'LINK',
]

const TARGETS = [
  OBTAIN,
  REFRESH,
  DOCS,
  '/api/v1/auth/token/11111',
  '/api/v1/auth/token-refresh',
  '/api/v1/docs',
  '/',
  '/api/',
  '/api/v1/auth/token/',
  '/api/v1/auth/token',
]

const methodCases = METHODS.flatMap((method) =>
  TARGETS.map((target) => request(`${method} ${target}`, { method, target })),
)

const PATHS = [
  '/api/v1/auth/token/abc/',
  '/api/v1/auth/token/0/',
  '/api/v1/auth/token/007/',
  '/api/v1/auth/token/-1/',
  '/api/v1/auth/token/a%20b/',
  '/api/v1/auth/token/caf%C3%A9/',
  '/api/v1/auth/token/caf%c3%a9',
  '/api/v1/auth/token/%FF/',
  '/api/v1/auth/token/%FF',
  '/api/v1/auth/token/%E2%82/',
  '/api/v1/auth/token/%E2%82',
  '/api/v1/auth/token/a%2Fb/',
  '/api/v1/auth/token/a%2fb',
  '/api/v1/auth/token/%00/',
  '/api/v1/auth/token/%0A/',
  '/api/v1/auth/token/a%3Fb',
  '/api/v1/auth/token/a%23b',
  '/api/v1/auth/token/a;b=c',
  "/api/v1/auth/token/a'b!c(d)*",
  '/api/v1/auth/token/a"b<c>',
  '/api/v1/auth/token/a|b\\c^d`{e}',
  '/api/v1/auth/token/a:@&=+$,b',
  '/api/v1/auth/token/__proto__/',
  '/api/v1/auth/token/constructor',
  '/api/v1/auth/token/11111//',
  '//api/v1/docs/',
  '/api//v1/docs/',
  '/api/v1/docs/x',
  '/api/v1/docs/?page=1',
  '/api/v1/docs?page=1',
  '/api/v1/docs?a=%20b&c="d"',
  '/api/v1/docs?a=é',
  '/api/v1/docs/?format=json',
  '/api/v1/docs/?format=xml',
  '/api/v1/docs/?format=',
  '/api/v1/docs/?format=json&format=xml',
  '/api/v1/auth/token/1/?format=api',
  '/API/v1/docs/',
  '/api/v1/Docs/',
  '/api/v1/docs%2F',
  '/api/v1/%64ocs/',
  '/api/v1/%64ocs',
  '/./api/v1/docs/',
  '/api/v1/../v1/docs/',
  '/api/v1/auth/token/../',
  '/api/v1/auth/token-verify/',
  '/api/v1/auth/token-refresh/x/',
  '/favicon.ico',
  '/api/v1/docs/?page=2',
  '/api/v1/docs/?page=last',
  '/api/v1/docs/?page=x',
  '/api/v1/docs/?page=',
  '/api/v1/docs/?page=0',
  '/api/v1/docs/?',
  '/api/v1/docs?',
  `/api/v1/docs/?${'a&'.repeat(1001)}`,
  '/api/v1/auth/token/%41',
  '/api/v1/auth/token/~a-b_c.d',
  '/api/v1/auth/token/%e9',
  '/api/v1/auth/token/%F0%9F%98%80',
]

const pathCases = PATHS.flatMap((target) => [
  request(`GET ${target.slice(0, 80)}`, { method: 'GET', target }),
  request(`a login at ${target.slice(0, 80)}`, {
    target,
    headers: { 'content-type': JSON_TYPE },
    body: LOGIN,
  }),
])

/** Values of `exp`, `nbf` and `iat`, as JSON writes them. */
const TIMES = [
  ...[
    '"9000000000"',
    '" 9000000000 "',
    '"9_000_000_000"',
    '"+9000000000"',
    '"9e9"',
    '"9000000000.5"',
  ],
  ...[
    '"1000000000"',
    '"0x10"',
    '""',
    '"\u0669"',
    '9e9',
    '1e400',
    '-1e400',
    '-1',
    '0',
    '0.5',
    '1e300',
  ],
  ...[
    '90000000000000000000000000',
    'true',
    'false',
    'null',
    '{}',
    '[]',
    'NaN',
    'Infinity',
    '-Infinity',
  ],
  ...[`1${'0'.repeat(5000)}`, '9007199254740993', '253402300800', '9000000000.0'],
]

/** Values of `user_id`, as JSON writes them. */
const USER_IDS = [
  ...[
    '"1"',
    '" 1 "',
    '"01"',
    '"+1"',
    '"1_0"',
    '"1.0"',
    '""',
    '"one"',
    '"\u0661"',
    '1.0',
    '1.5',
    '1e0',
  ],
  ...['true', 'false', 'null', '[]', '[1]', '{}', '0', '-1', '999', '9223372036854775807'],
  ...[
    '9223372036854775808',
    '1e400',
    'NaN',
    '1e300',
    `1${'0'.repeat(30)}`,
    '"3"',
    '3.0',
    '"-0"',
    '-0.0',
  ],
]

/** Tokens by what is special about them. */
async function tokens(): Promise<Record<string, string>> {
  const key = new TextEncoder().encode(DEFAULT_SIGNING_KEY)
  const sign = (claims: unknown, { alg = 'HS256', secret = key, typ = 'JWT', header = {} } = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ typ, alg, ...header })
      .sign(secret)
  const signText = (claims: string, header: object = { typ: 'JWT', alg: 'HS256' }) => {
    const text = `${encode(header)}.${Buffer.from(claims).toString('base64url')}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const access = {
    token_type: 'access',
    exp: FUTURE,
    jti: 'a'.repeat(32),
    user_id: 1,
    company_id: 11111,
    type: 'public',
  }
  const refresh = { ...access, token_type: 'refresh' }
  const without = (claims: Record<string, unknown>, name: string) =>
    Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
  const variants = (claims: Record<string, unknown>, name: string) => ({
    [`${name}`]: sign(claims),
    [`${name} without exp`]: sign(without(claims, 'exp')),
    [`${name} without jti`]: sign(without(claims, 'jti')),
    [`${name} without token_type`]: sign(without(claims, 'token_type')),
    [`${name} without user_id`]: sign(without(claims, 'user_id')),
    [`${name} without company_id`]: sign(without(claims, 'company_id')),
    [`${name} of nobody`]: sign({ ...claims, user_id: 999 }),
    [`${name} of an inactive user`]: sign({ ...claims, user_id: 3 }),
    [`${name} with user_id as text`]: sign({ ...claims, user_id: '1' }),
    [`${name} that is past`]: sign({ ...claims, exp: PAST }),
    [`${name} with exp as text`]: sign({ ...claims, exp: 'soon' }),
    [`${name} with exp as a list`]: sign({ ...claims, exp: [FUTURE] }),
    [`${name} with user_id as a word`]: sign({ ...claims, user_id: 'one' }),
    ...Object.fromEntries(
      TIMES.map((exp) => [
        `${name} with exp ${exp}`,
        signText(JSON.stringify(claims).replace(`"exp":${FUTURE}`, `"exp":${exp}`)),
      ]),
    ),
    ...Object.fromEntries(
      TIMES.map((nbf) => [
        `${name} with nbf ${nbf}`,
        signText(JSON.stringify(claims).replace('{', `{"nbf":${nbf},`)),
      ]),
    ),
    ...Object.fromEntries(
      TIMES.map((iat) => [
        `${name} with iat ${iat}`,
        signText(JSON.stringify(claims).replace('{', `{"iat":${iat},`)),
      ]),
    ),
    ...Object.fromEntries(
      USER_IDS.map((id) => [
        `${name} with user_id ${id}`,
        signText(JSON.stringify(claims).replace('"user_id":1', `"user_id":${id}`)),
      ]),
    ),
    [`${name} with exp and a fraction`]: sign({ ...claims, exp: FUTURE + 0.5 }),
    [`${name} with nbf to come`]: sign({ ...claims, nbf: FUTURE }),
    [`${name} with iat`]: sign({ ...claims, iat: PAST }),
    [`${name} with iat to come`]: sign({ ...claims, iat: FUTURE }),
    [`${name} with aud and iss`]: sign({ ...claims, aud: 'x', iss: 'y' }),
    [`${name} with extra claims`]: sign({ ...claims, extra: { a: [1, 'é'] } }),
    [`${name} with another type`]: sign({ ...claims, token_type: 'sliding' }),
    [`${name} with token_type null`]: sign({ ...claims, token_type: null }),
    [`${name} with jti null`]: sign({ ...claims, jti: null }),
    [`${name} by another key`]: sign(claims, { secret: new TextEncoder().encode('another key') }),
    [`${name} with HS512`]: sign(claims, {
      alg: 'HS512',
      secret: new TextEncoder().encode(DEFAULT_SIGNING_KEY.padEnd(64, '.')),
    }),
    [`${name} with alg none`]: `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`,
    [`${name} with alg None`]: `${encode({ typ: 'JWT', alg: 'None' })}.${encode(claims)}.`,
    [`${name} with alg RS256`]: `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}.AAAA`,
    [`${name} without alg`]: `${encode({ typ: 'JWT' })}.${encode(claims)}.AAAA`,
    [`${name} with jku`]: sign(claims, { header: { jku: 'https://attacker.example/keys' } }),
    [`${name} with kid`]: sign(claims, { header: { kid: '../../dev/null' } }),
    [`${name} with typ at+jwt`]: sign(claims, { typ: 'at+jwt' }),
  })
  const special: Record<string, string | Promise<string>> = {
    ...variants(access, 'an access token'),
    ...variants(refresh, 'a refresh token'),
    ...Object.fromEntries(
      [
        ...[
          { b64: false },
          { b64: true },
          { b64: 'x' },
          { b64: null },
          { b64: false, crit: ['b64'] },
        ],
        ...[
          { crit: ['x'] },
          { crit: [] },
          { kid: 5 },
          { kid: null },
          { alg: 'hs256' },
          { alg: null },
        ],
        ...[{ alg: ['HS256'] }, { typ: null }, { typ: 5 }, { zip: 'DEF' }, { cty: 'JWT' }],
      ].map((header) => [
        `a token with the header ${JSON.stringify(header)}`,
        signText(JSON.stringify(access), { typ: 'JWT', alg: 'HS256', ...header }),
      ]),
    ),
    'a token with a duplicate exp': signText(
      JSON.stringify(access).replace('{', `{"exp":${PAST},`),
    ),
    'a token with white space': signText(` ${JSON.stringify(access, null, 1)}\n`),
    'a token with NaN': signText(JSON.stringify(access).replace('{', '{"extra":NaN,')),
    'a token of a list': sign(['x']),
    'a token of a text': sign('x'),
    'a token of null': sign(null),
    'a token of nothing': sign({}),
    'a token with a large payload': sign({ ...access, extra: 'x'.repeat(4000) }),
    garbage: 'garbage',
    'two parts': 'a.b',
    'three parts': 'a.b.c',
    'four parts': 'a.b.c.d',
    'empty parts': '..',
    dots: '.....',
    'the documented sample':
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  }
  const entries = Object.entries(special).map(async ([name, token]) => [name, await token] as const)
  return Object.fromEntries(await Promise.all(entries))
}

async function tokenCases(): Promise<RawRequest[]> {
  const entries = Object.entries(await tokens())
  const changed = entries.slice(0, 1).flatMap(([name, token]) => [
    [`${name}, signature cut`, token.slice(0, -1)],
    [`${name}, signature changed`, `${token.slice(0, -5)}AAAAA`],
    [`${name}, with another dot`, `${token}.`],
    [`${name}, padded`, `${token}=`],
    ...[
      '==',
      '===',
      '!',
      '!!!!',
      '*',
      '+',
      '/',
      ' ',
      '\u00e9',
      '====x',
      'A',
      'AA',
      'AAAA',
      '-',
      '%',
    ].map((text) => [`${name}, followed by ${JSON.stringify(text)}`, `${token}${text}`]),
    ...[0, 1, 2].flatMap((part) =>
      ['!', '!!!!', '=', '====', '~', '+', '/'].map((text) => [
        `${name}, ${text} in part ${part}`,
        token
          .split('.')
          .map((word, index) =>
            index === part ? `${word.slice(0, 4)}${text}${word.slice(4)}` : word,
          )
          .join('.'),
      ]),
    ),
  ]) as [string, string][]
  const forRefresh = (name: string, token: string): RawRequest => ({
    ...json(JSON.stringify({ refresh: token }), { target: REFRESH }),
    name: `refresh with ${name}`,
  })
  const forPage = (name: string, token: string) =>
    request(`a page with ${name}`, {
      method: 'GET',
      target: DOCS,
      headers: { authorization: `Bearer ${token}` },
    })
  // Every value of a claim goes where its token belongs; the other tokens go everywhere.
  const isValue = /^(?:an access|a refresh) token with (?:exp|nbf|iat|user_id) [^at]/
  return [...entries, ...changed].flatMap(([name, token]) => {
    if (!isValue.test(name)) return [forRefresh(name, token), forPage(name, token)]
    return [name.startsWith('a refresh') ? forRefresh(name, token) : forPage(name, token)]
  })
}

async function authorizationCases(): Promise<RawRequest[]> {
  const { 'an access token': access = '' } = await tokens()
  const values = [
    '',
    ' ',
    'Bearer',
    'Bearer ',
    'bearer x',
    'BEARER x',
    `bearer ${access}`,
    `Token ${access}`,
    `JWT ${access}`,
    'Basic eDp5',
    access,
    `Bearer  ${access}`,
    ` Bearer ${access} `,
    `Bearer\t${access}`,
    `Bearer ${access} x`,
    `Bearer ${access},`,
    `Bearer "${access}"`,
    `Bearer: ${access}`,
    `Bearer,${access}`,
    'Bearer x y z',
    'Bearerx',
    'Bearer \xe9',
    'Bearer null',
    'Bearer undefined',
    'Bearer [object Object]',
    'Bearer {{access}}',
  ]
  return [
    ...values.map((authorization) =>
      request(`Authorization ${JSON.stringify(authorization.replace(access, 'ACCESS'))}`, {
        method: 'GET',
        target: DOCS,
        headers: { authorization },
      }),
    ),
    ...METHODS.map((method) =>
      request(`${method} of a page with a token`, {
        method,
        target: DOCS,
        headers: { authorization: `Bearer ${access}` },
      }),
    ),
    ...[
      '?page=1',
      '?page=last',
      '?page=2',
      '?page=0',
      '?page=x',
      '?page=',
      '?page= 1 ',
      '?page=%201',
      '?page=1.0',
      '?page=1_0',
      '?page=%2B1',
      ...[
        '00',
        '01',
        '-1',
        '-0',
        '1e0',
        '1.5',
        '%D9%A1',
        '%00',
        '1%00',
        '%0A1',
        '1%20',
        '%C2%A01',
        'None',
        'true',
      ].map((page) => `?page=${page}`),
      ...[
        '1&page=2',
        '2&page=1',
        '&page=1',
        '1;page=2',
        `1${'0'.repeat(50)}`,
        `${'1'.repeat(4301)}`,
        'LAST',
        '__1',
        '1__0',
        '_1',
      ].map((page) => `?page=${page}`),
      ...[
        '?page',
        '?PAGE=2',
        '?page[]=2',
        '?p%61ge=2',
        '?page=%ff',
        '?page_size=1',
        '?page=1&page_size=x',
      ],
    ].map((query) =>
      request(`a page ${query} with a token`, {
        method: 'GET',
        target: `${DOCS}${query.replaceAll(' ', '%20')}`,
        headers: { authorization: `Bearer ${access}` },
      }),
    ),
    json(LOGIN, { headers: { authorization: 'Bearer nonsense' } }),
  ]
}

const loginCases = [
  json(LOGIN),
  json(JSON.stringify({ ...CREDENTIALS, password: 'wrong' })),
  json('{"username":"nobody@example.com","password":"x"}'),
  json('{"username":"inactive@example.com","password":"inactive"}'),
  json('{"username":5,"password":1.0}'),
  json('{"username":"5","password":"1.0"}'),
  json('{"username":5.0,"password":1.0}'),
  json('{"password":"\\u00a0StrongPassword123\\n","username":"\\tdev@example.com.br"}'),
  json('{"username":"__proto__","password":"constructor"}'),
  json(`{"username":"${'u'.repeat(100_000)}","password":"x"}`),
  json(LOGIN, { headers: { 'x-http-method-override': 'GET' } }),
  json(LOGIN, {
    headers: { 'content-encoding': 'identity', cookie: 'a=b', 'accept-language': 'pt-BR' },
  }),
]

/** The whole corpus. */
export async function corpus(): Promise<RawRequest[]> {
  return [
    ...loginCases,
    ...valueCases,
    ...bodyCases,
    ...mediaTypeCases,
    ...latin1Cases,
    ...charsetCases,
    ...rareCharsetCases,
    ...formCharsetCases,
    ...formCases,
    ...multipartCases,
    ...acceptCases,
    ...methodCases,
    ...pathCases,
    ...(await tokenCases()),
    ...(await authorizationCases()),
  ]
}
