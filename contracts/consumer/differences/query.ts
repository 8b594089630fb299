import type { SentRequest } from '../../http.js'
import { type Difference, differ, type Specified, shown } from './difference.js'

/** Compares the query. */
export function queryDifference({ query }: SentRequest, specified: Specified): Difference[] {
  const expected = new URLSearchParams(specified.query).toString()
  const got = new URLSearchParams(query).toString()
  if (got === expected) return []
  if (expected === '')
    return differ('query', 'none', 'some', 'A query was sent, but the promise has no query.')
  const nearMiss = explainQuery(new URLSearchParams(query), specified.query ?? {})
  return differ('query', `?${expected}`, got === '' ? 'none' : 'another', nearMiss)
}

/** The first difference. Values are not shown: they may be secrets. */
function explainQuery(got: URLSearchParams, specified: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(specified)) {
    const [sent, ...more] = got.getAll(name)
    if (sent === undefined) return `The query lacks ${name}=${value}.`
    if (sent !== value) return `\`${name}\` in the query is not ${value}.`
    if (more.length > 0) return `\`${name}\` is in the query more than once.`
  }
  const extra = [...got.keys()].find((name) => !Object.hasOwn(specified, name)) ?? ''
  return `The query has \`${shown(extra)}\`, which is not specified.`
}
