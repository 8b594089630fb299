import type { SentRequest } from '../../http.js'
import { isObject } from '../../is-object.js'
import { jsonFault } from '../../json-fault.js'
import { type Difference, differ, type Specified, shown } from './difference.js'
import { typeDifference } from './headers.js'
import { explainToken } from './token.js'

/** Compares the body, field by field. */
export function bodyDifferences(request: SentRequest, specified: Specified): Difference[] {
  const { body } = request
  if (!specified.body)
    return body === ''
      ? []
      : differ('body', 'none', 'some', 'A body was sent, but the promise has no body.')
  const got = parse(body)
  // The difference in the Content-Type says enough.
  if (got === undefined && typeDifference(request, specified).length > 0) return []
  const encoding = request.headers['content-encoding']
  if (got === undefined && encoding) {
    const nearMiss = `The body was sent with Content-Encoding ${shown(encoding)}, expected plain JSON.`
    return differ('body', 'JSON', 'another encoding', nearMiss)
  }
  if (got === undefined) {
    const nearMiss = `The body cannot be read as JSON: ${jsonFault(body)}.`
    return differ('body', 'JSON', body === '' ? 'nothing' : 'something else', nearMiss)
  }
  if (!isObject(got)) return differ('body', 'an object', kindOf(got), 'The body is not an object.')
  return [...fieldDifferences(got, specified.body), ...valueDifferences(got, specified.body)]
}

function fieldDifferences(
  got: Record<string, unknown>,
  specified: Readonly<Record<string, string>>,
): Difference[] {
  const missing = Object.keys(specified).filter((name) => !Object.hasOwn(got, name))
  const extra = Object.keys(got).filter((name) => !Object.hasOwn(specified, name))
  const wrapper = extra.find(
    (name) => isObject(got[name]) && missing.some((key) => Object.hasOwn(got[name] as object, key)),
  )
  if (wrapper) {
    const name = shown(wrapper)
    return differ('body', missing.join(', '), name, `The fields are wrapped in \`${name}\`.`)
  }
  const left = extra.slice(0, missing.length + MOST_EXTRA)
  const differences = missing.flatMap((name) => {
    // The field with the right value, or else one that may hold it.
    const texts = left.filter((one) => typeof got[one] === 'string')
    const found = texts.find((one) => got[one] === specified[name]) ?? texts[0]
    if (found !== undefined) left.splice(left.indexOf(found), 1)
    const instead = found === undefined ? undefined : shown(found)
    return differ('body', name, instead ?? 'nothing similar', explainMissing(name, instead))
  })
  const others = left.map(shown)
  return [
    ...differences,
    ...others.flatMap((name) => differ('body', `no ${name}`, name, explainExtra(name))),
  ]
}

/** More of them would not help anybody. */
const MOST_EXTRA = 10

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
        `\`${name}\` is ${kindOf(value)}, expected a string.`,
      )
    return differ(
      name,
      'the given value',
      'another',
      explainToken(value, specified[name] ?? '') ?? `\`${name}\` is not the value that was given.`,
    )
  })
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
