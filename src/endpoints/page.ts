import type { Call } from '../call.js'
import { paginate } from '../framework/pagination.js'
import { PRODUCTION_URL } from '../hosts.js'
import { type Answer, refuse } from '../refusals.js'

/** Answers with the page of a list that the query asks for. */
export function answerPage({ request, query }: Call, items: readonly unknown[]): Answer {
  const page = paginate(items, {
    url: `${request.baseUrl ?? PRODUCTION_URL}${request.path}`,
    query,
  })
  if (!page) return refuse('invalidPage')
  return { outcome: 'authorized', status: 200, basis: 'documented', json: () => page }
}
