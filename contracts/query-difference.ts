import { type Difference, differ, type Specified } from './difference.js'
import type { SentRequest } from './http.js'

/** What the query has to do with it. */
export function queryDifference({ query }: SentRequest, specified: Specified): Difference[] {
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
