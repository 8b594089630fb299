import { type Answer, refuse } from '../answer.js'
import { paginate } from '../framework/pagination.js'
import { isDocumentedHost, PRODUCTION_URL } from '../hosts.js'
import type { Call } from './endpoint.js'

/** Answers with the page of a list that the query asks for. */
export function answerPage({ request, query }: Call, items: readonly unknown[]): Answer {
  const url = linkBase(request.baseUrl ?? PRODUCTION_URL) + request.path
  const page = paginate(items, { url, query })
  if (!page) return refuse('invalidPage')
  return { outcome: 'authorized', status: 200, source: 'documented', json: () => page }
}

/**
 * On ZapSign's hosts the links are http ("List account users", ZapSign docs; a client library reports
 * the same of production). A client that follows one is redirected to https.
 */
function linkBase(baseUrl: string): string {
  return isDocumentedHost(baseUrl) ? baseUrl.replace(/^https:/i, 'http:') : baseUrl
}
