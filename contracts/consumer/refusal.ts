import type { SentReply, SentRequest } from '../http.js'
import { explain } from './explain.js'

/** The reply to a request that is not specified. Pact's own words would repeat the secrets in it. */
export function refusal(request: SentRequest): SentReply {
  const error = `No promise covers this request. ${explain(request).join(' ')}`.trim()
  return {
    status: 500,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: `zapsign-mock contract: ${error}` }),
  }
}
