import type { SentRequest } from '../../http.js'
import { authorizationDifference } from './authorization.js'
import { bodyDifferences } from './body.js'
import { type Difference, differ, type Specified, shown } from './difference.js'
import { acceptDifference, typeDifference } from './headers.js'
import { queryDifference } from './query.js'

/** All that keeps a request from being the specified one, most telling first. */
export function differencesOf(request: SentRequest, specified: Specified): Difference[] {
  return PARTS.flatMap((differencesIn) => differencesIn(request, specified))
}

/** Whether nothing differs: the first difference ends the search. */
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
    `${method} was sent, ${specified.method} is specified.`,
  )
}

function pathDifference({ path }: SentRequest, specified: Specified): Difference[] {
  if (path === specified.path) return []
  return differ('path', specified.path, shown(path), explainPath(path, specified.path))
}

function explainPath(path: string, specified: string): string {
  if (`${path}/` === specified) return 'The path lacks the final slash.'
  const isObtain = /\/token\/[^/]+\/$/.test(specified)
  if (isObtain && /\/token\/+$/.test(path)) return 'The organization id is empty.'
  if (path.replaceAll('//', '/') === specified) return 'The path has a slash too many.'
  return `The path is not the specified ${specified}.`
}
