import type { Endpoint } from '../call.js'
import { describeView } from '../framework/metadata.js'
import { answerPage } from './page.js'

/** "List documents", ZapSign docs. The mock holds none: it stands in for signing in, not for signing. */
export const documents: Endpoint = {
  path: '/api/v1/docs/',
  method: 'GET',
  isProtected: true,
  metadata: describeView({ name: 'Docs List' }),
  answer: (call) => answerPage(call, []),
}
