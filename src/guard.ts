import { type Authentication, authenticate, type Bearer } from './bearer.js'
import type { Provider } from './call.js'
import { failed } from './failed.js'
import { toResponse } from './fetch.js'
import { readQuery } from './framework/query.js'
import type { StartRecord } from './recorder.js'
import { refuse } from './refusals.js'
import { toReply } from './reply.js'

/** Guards a reply of the user's own as the provider guards its pages. */
export type Guard = <R extends Response | undefined>(
  request: Request,
  respond: (bearer: Bearer) => R | Promise<R>,
) => Promise<R | Response>

export function createGuard(provider: Provider, startRecord: StartRecord): Guard {
  return async (request, respond) => {
    const { pathname, search } = new URL(request.url)
    const { method, headers, signal } = request
    const endRecord = startRecord({ method, path: pathname, headers })
    const caller = await judge(provider, headers, search.slice(1)).catch(refuseFailed)
    if (caller.refusal) {
      const reply = toReply(caller.refusal, { method, settings: provider.settings })
      endRecord(caller.refusal, reply.status)
      return toResponse(reply, signal)
    }
    const authorized = (status: number) =>
      endRecord({ outcome: 'authorized', status, basis: 'configured' }, status)
    try {
      const response = await respond(caller.bearer)
      // Without a response the call is left to somebody else.
      if (response) authorized(response.status)
      return response
    } catch (error) {
      // MSW takes a response that is thrown for one that is returned, and anything else for a 500.
      authorized(error instanceof Response ? error.status : 500)
      throw error
    }
  }
}

function refuseFailed(error: unknown): Authentication {
  return { refusal: failed(error) }
}

async function judge(
  provider: Provider,
  headers: Headers,
  rawQuery: string,
): Promise<Authentication> {
  const forced = provider.outcomes.takeOnArrival()
  if (forced) return { refusal: forced }
  const query = readQuery(rawQuery)
  return query ? authenticate(provider, { headers, query }) : { refusal: refuse('badRequest') }
}
