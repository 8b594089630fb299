import type { SentRequest } from '../../http.js'
import { type Difference, differ, type Specified } from './difference.js'

/** What the type of the body has to do with it. */
export function typeDifference({ headers }: SentRequest, specified: Specified): Difference[] {
  if (!specified.body) return []
  const type = mediaType(headers['content-type'] ?? '')
  if (type === 'application/json') return []
  return differ('Content-Type', 'application/json', type || 'none', explainType(type))
}

function explainType(type: string): string {
  if (type === '') return 'No Content-Type was sent, application/json is specified.'
  const isForm = type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')
  return isForm ? 'Sent as a form, JSON is specified.' : `Sent as ${type}, JSON is specified.`
}

/** What the client would take for an answer. Weights (`q`) are not looked at, as at ZapSign. */
export function acceptDifference({ headers }: SentRequest): Difference[] {
  const ranges = (headers['accept'] ?? '*/*').split(',').map(mediaType)
  if (ranges.some((range) => ADMIT_JSON.includes(range))) return []
  return differ('Accept', 'application/json', 'others only', 'Accept admits no JSON.')
}

const ADMIT_JSON = ['*/*', 'application/*', 'application/json']

function mediaType(text: string): string {
  return text.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
