import type { SentReply, SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import { differencesFrom } from './explain.js'

const JSON_TYPE = { 'content-type': 'application/json' }

/** The reply to a request that was meant for a promise and differs from it. */
export function refuse(request: SentRequest, name: PromiseName): SentReply {
  const differences = differencesFrom(request, name).map(({ nearMiss }) => nearMiss)
  // Pact's own words would repeat the secrets in the request.
  const error = ['zapsign-mock contract: No promise covers this request.', ...differences].join(' ')
  return { status: 500, headers: JSON_TYPE, body: JSON.stringify({ error }) }
}

/** The status of every request that no promise is about. */
export const OTHER_STATUS = 501

/** The reply to a request that no promise is about. */
export function answerOther(): SentReply {
  const detail = 'zapsign-mock contract answers only requests that a promise is about.'
  return {
    status: OTHER_STATUS,
    headers: { ...JSON_TYPE, 'x-zapsign-mock': 'not-modelled' },
    body: JSON.stringify({ detail }),
  }
}
