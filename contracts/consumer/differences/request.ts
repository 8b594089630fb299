import type { SentRequest } from '../../http.js'
import { authorizationDifference } from './authorization.js'
import { bodyDifferences } from './body.js'
import { type Difference, differ, type Specified } from './difference.js'
import { acceptDifference, typeDifference } from './headers.js'
import { pathDifference } from './path.js'
import { queryDifference } from './query.js'

/** All differences between a request and the specified one, the most important one first. */
export function differencesOf(request: SentRequest, specified: Specified): Difference[] {
  return PARTS.flatMap((differencesIn) => differencesIn(request, specified))
}

/** Whether nothing differs. Stops at the first difference. */
export function isSpecified(request: SentRequest, specified: Specified): boolean {
  return PARTS.every((differencesIn) => differencesIn(request, specified).length === 0)
}

const PARTS = [
  methodDifference,
  pathDifference,
  queryDifference,
  typeDifference,
  bodyDifferences,
  authorizationDifference,
  acceptDifference,
] as const

function methodDifference({ method }: SentRequest, specified: Specified): Difference[] {
  if (method === specified.method) return []
  return differ(
    'method',
    specified.method,
    method,
    `${method} was sent, expected ${specified.method}.`,
  )
}
