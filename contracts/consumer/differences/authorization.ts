import type { SentRequest } from '../../http.js'
import { exampleOf } from '../../shapes.js'
import { type Difference, differ, type Specified } from './difference.js'
import { explainToken } from './token.js'

/** Compares the Authorization header. */
export function authorizationDifference(
  { headers }: SentRequest,
  specified: Specified,
): Difference[] {
  const expected = exampleOf(specified.headers['Authorization'] ?? '') as string
  const got = headers['authorization'] ?? ''
  if (got === expected || expected === '') return []
  return differ(
    'Authorization',
    'Bearer and the given token',
    got === '' ? 'nothing' : 'something else',
    explainAuthorization(got, expected.slice('Bearer '.length)),
  )
}

function explainAuthorization(got: string, wanted: string): string {
  const [scheme = '', token = ''] = got.split(' ')
  if (got === '') return 'No Authorization header was sent.'
  if (got === wanted) return 'The token was sent without `Bearer` before it.'
  if (token === wanted) return `The scheme is \`${scheme.slice(0, 20)}\`, expected \`Bearer\`.`
  return (
    explainToken(token, wanted) ??
    'The Authorization header is not `Bearer` and the token that was given.'
  )
}
