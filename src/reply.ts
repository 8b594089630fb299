import { type ApiReply, BASIS_HEADER } from './api.js'
import { renderJson } from './framework/negotiation.js'
import type { Settings } from './options.js'
import type { Answer } from './refusals.js'

/** How the provider challenges whoever it does not know. */
const CHALLENGE = 'Bearer realm="api"'

/** Puts an answer on the wire. */
export function toReply(
  answer: Answer,
  { method, settings }: { method: string; settings: Settings },
): ApiReply {
  const { fault, released } = answer
  if (fault === 'timeout') return { status: 0, headers: {}, body: '', fault, released }
  if (fault) return { status: 0, headers: {}, body: '', fault }
  const status = answer.isBearerRefusal ? settings.unauthorizedStatus : answer.status
  const { contentType, body } = answer.raw ?? {
    contentType: 'application/json',
    body: renderJson(answer.json?.(settings.messages), answer.rendering),
  }
  return {
    status,
    headers: {
      'content-type': contentType,
      ...(status === 401 && { 'www-authenticate': CHALLENGE }),
      ...answer.headers,
      [BASIS_HEADER]: answer.basis,
    },
    body: method.toUpperCase() === 'HEAD' ? '' : body,
  }
}
