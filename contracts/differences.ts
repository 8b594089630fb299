import type { SentRequest } from './http.js'
import { isObject } from './is-object.js'
import { LITERALS, type SpecifiedExchange } from './promises.js'
import { redact } from './redact.js'
import { exampleOf } from './shapes.js'

/** In what a request differs from a specified one. Values that a client sent are never in it. */
export interface Difference {
  /** What was expected and what came. */
  mismatch: string
  /** The step from right, in plain words. */
  nearMiss: string
}

type Specified = SpecifiedExchange['request']

/** All that keeps a request from being the specified one, most telling first. */
export function differencesOf(request: SentRequest, specified: Specified): Difference[] {
  return [
    ...methodDifference(request, specified),
    ...pathDifference(request, specified),
    ...queryDifference(request, specified),
    ...typeDifference(request, specified),
    ...bodyDifferences(request, specified),
    ...authorizationDifference(request, specified),
  ]
}

function differ(what: string, expected: string, got: string, nearMiss: string): Difference[] {
  return [{ mismatch: `${what}: expected ${expected}, got ${got}`, nearMiss }]
}

function methodDifference({ method }: SentRequest, specified: Specified): Difference[] {
  if (method === specified.method) return []
  return differ(
    'method',
    specified.method,
    method,
    `${method} was sent, ${specified.method} is specified.`,
  )
}

const SHOWN_LENGTH = 200

/** What a client made up, without tokens, and not at any length. */
function shown(text: string): string {
  return redact(text).slice(0, SHOWN_LENGTH)
}

function pathDifference({ path }: SentRequest, specified: Specified): Difference[] {
  if (path === specified.path) return []
  return differ('path', specified.path, shown(path), explainPath(path, specified.path))
}

function explainPath(path: string, specified: string): string {
  if (`${path}/` === specified) return 'The path lacks the final slash.'
  if (/\/token\/+$/.test(path)) return 'The organization id is empty.'
  if (path.replaceAll('//', '/') === specified) return 'The path has a slash too many.'
  return `The path is not the specified ${specified}.`
}

function queryDifference({ query }: SentRequest, specified: Specified): Difference[] {
  const expected = new URLSearchParams(specified.query).toString()
  const got = new URLSearchParams(query).toString()
  if (got === expected) return []
  if (expected === '')
    return differ('query', 'none', 'some', 'A query was sent, none is specified.')
  return differ(
    'query',
    `?${expected}`,
    got === '' ? 'none' : 'another',
    `The query ?${expected} is missing.`,
  )
}

function typeDifference({ headers }: SentRequest, specified: Specified): Difference[] {
  if (!specified.body) return []
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/json') return []
  return differ('Content-Type', 'application/json', type || 'none', explainType(type))
}

function explainType(type: string): string {
  if (type === '') return 'No Content-Type was sent, application/json is specified.'
  const isForm = type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')
  return isForm ? 'Sent as a form, JSON is specified.' : `Sent as ${type}, JSON is specified.`
}

function bodyDifferences(request: SentRequest, specified: Specified): Difference[] {
  const { body } = request
  if (!specified.body)
    return body === '' ? [] : differ('body', 'none', 'some', 'A body was sent, none is specified.')
  const got = parse(body)
  // What is sent as something else is not said to be no JSON, too.
  if (got === undefined && typeDifference(request, specified).length > 0) return []
  if (got === undefined)
    return differ('body', 'JSON', body === '' ? 'nothing' : 'no JSON', 'The body is no JSON.')
  if (!isObject(got)) return differ('body', 'an object', kindOf(got), 'The body is no object.')
  return [...fieldDifferences(got, specified.body), ...valueDifferences(got, specified.body)]
}

function fieldDifferences(got: Record<string, unknown>, specified: object): Difference[] {
  const missing = Object.keys(specified).filter((name) => !Object.hasOwn(got, name))
  const extra = Object.keys(got).filter((name) => !Object.hasOwn(specified, name))
  const wrapper = extra.find(
    (name) => isObject(got[name]) && missing.some((key) => Object.hasOwn(got[name] as object, key)),
  )
  if (wrapper) {
    const name = shown(wrapper)
    return differ('body', missing.join(', '), name, `The fields are wrapped in \`${name}\`.`)
  }
  const names = extra.map(shown)
  return [
    ...missing.flatMap((name, index) =>
      differ(
        'body',
        name,
        names[index] ?? 'nothing of the kind',
        explainMissing(name, names[index]),
      ),
    ),
    ...names
      .slice(missing.length)
      .flatMap((name) => differ('body', `no ${name}`, name, explainExtra(name))),
  ]
}

function explainMissing(name: string, instead: string | undefined): string {
  return instead ? `\`${instead}\` instead of \`${name}\`.` : `The body lacks \`${name}\`.`
}

function explainExtra(name: string): string {
  if (/organi[sz]ation|company/i.test(name))
    return `\`${name}\` was sent in the body: it belongs in the path.`
  return `The body has \`${name}\`, which is not specified.`
}

function valueDifferences(
  got: Record<string, unknown>,
  specified: Readonly<Record<string, string>>,
): Difference[] {
  if (got['username'] === specified['password'] && got['password'] === specified['username']) {
    if (specified['username'] !== undefined) {
      return differ(
        'body',
        'username and password',
        'the reverse',
        'The user name and the password are swapped.',
      )
    }
  }
  const wrong = Object.keys(specified).filter(
    (name) => Object.hasOwn(got, name) && got[name] !== specified[name],
  )
  return wrong.flatMap((name) => {
    const value = got[name]
    if (typeof value !== 'string')
      return differ(
        name,
        'a string',
        kindOf(value),
        `\`${name}\` is ${kindOf(value)}, a string is specified.`,
      )
    return differ(
      name,
      'the given value',
      'another',
      explainToken(value, specified[name] ?? '') ?? `\`${name}\` is not the value that was given.`,
    )
  })
}

const TOKEN_NAMES: Readonly<Record<string, string>> = {
  [LITERALS.accessToken]: 'The access token',
  [LITERALS.expiredAccessToken]: 'The expired access token',
  [LITERALS.refreshToken]: 'The refresh token',
  [LITERALS.expiredRefreshToken]: 'The expired refresh token',
}

function explainToken(got: string, specified: string): string | undefined {
  const [sent, wanted] = [TOKEN_NAMES[got], TOKEN_NAMES[specified]]
  return sent && wanted && `${sent} was sent where ${wanted.toLowerCase()} belongs.`
}

function authorizationDifference({ headers }: SentRequest, specified: Specified): Difference[] {
  const expected = exampleOf(specified.headers['Authorization'] ?? '') as string
  const got = headers['authorization'] ?? ''
  if (got === expected || expected === '') return []
  const [scheme = '', token = ''] = got.split(' ')
  const wanted = expected.slice('Bearer '.length)
  return differ(
    'Authorization',
    'Bearer and the given token',
    got === '' ? 'nothing' : 'something else',
    explain(),
  )

  function explain(): string {
    if (got === '') return 'No Authorization header was sent.'
    if (got === wanted) return 'The token was sent without `Bearer` before it.'
    if (token === wanted)
      return `The scheme is \`${scheme.slice(0, 20)}\`, \`Bearer\` is specified.`
    return (
      explainToken(token, wanted) ??
      'The Authorization header is not `Bearer` and the token that was given.'
    )
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
