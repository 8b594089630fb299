import type { SentRequest } from '../../http.js'
import { type Difference, differ, type Specified } from './difference.js'

/** Compares the media type of the body. */
export function typeDifference({ headers }: SentRequest, specified: Specified): Difference[] {
  if (!specified.body) return []
  const type = mediaType(headers['content-type'] ?? '')
  if (type === 'application/json') return []
  return differ('Content-Type', 'application/json', type || 'none', explainType(type))
}

function explainType(type: string): string {
  if (type === '') return 'No Content-Type was sent, expected application/json.'
  const isForm = type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')
  return isForm
    ? 'The body was sent as a form, expected JSON.'
    : `The body was sent as ${type}, expected JSON.`
}

/** Checks that the client accepts JSON. Weights (`q`) are ignored, as ZapSign ignores them. */
export function acceptDifference({ headers }: SentRequest): Difference[] {
  const ranges = (headers['accept'] ?? '*/*').split(',').map(mediaType)
  if (ranges.some((range) => ADMIT_JSON.includes(range))) return []
  return differ(
    'Accept',
    'application/json',
    'others only',
    'The Accept header does not allow JSON.',
  )
}

const ADMIT_JSON = ['*/*', 'application/*', 'application/json']

function mediaType(text: string): string {
  return text.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
