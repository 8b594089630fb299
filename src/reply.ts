import type { Answer } from './answer.js'
import { type ApiReply, SOURCE_HEADER } from './api.js'
import { renderJson } from './framework/negotiation.js'
import type { Settings } from './settings.js'

/** The challenge of every 401. */
const CHALLENGE = 'Bearer realm="api"'

/** Serializes an answer. */
export function toReply(answer: Answer, method: string, settings: Settings): ApiReply {
  const { fault, released } = answer
  if (fault === 'timeout') return { status: 0, headers: {}, body: '', fault, released }
  if (fault) return { status: 0, headers: {}, body: '', fault }
  const status = answer.hasOptionalStatus ? settings.unauthorizedStatus : answer.status
  const { contentType, body } = answer.raw ?? {
    contentType: 'application/json',
    body: renderJson(answer.json?.(settings.messages), answer.rendering),
  }
  const headers: Record<string, string> = { 'content-type': contentType }
  if (status === 401) headers['www-authenticate'] = CHALLENGE
  Object.assign(headers, answer.headers)
  headers[SOURCE_HEADER] = answer.source
  return { status, headers, body: method.toUpperCase() === 'HEAD' ? '' : body }
}
