import { describeView } from '../framework/metadata.js'
import type { Endpoint } from './endpoint.js'
import { answerPage } from './page.js'

/** "List documents", ZapSign docs. The list is empty: the mock models signing in, not documents. */
export const documents: Endpoint = {
  path: '/api/v1/docs/',
  isProtected: true,
  metadata: describeView({ name: 'Docs List' }),
  methods: { GET: (call) => answerPage(call, []) },
}
