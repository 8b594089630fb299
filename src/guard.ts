import { readQuery } from './answer.js'
import { authenticate, type Bearer } from './bearer.js'
import type { Provider } from './call.js'
import { toResponse } from './fetch.js'
import type { StartRecord } from './recorder.js'
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
    const query = readQuery(search.slice(1)) ?? new Map()
    const forced = provider.outcomes.takeOnArrival()
    const caller = forced ? { refusal: forced } : await authenticate(provider, { headers, query })
    if (caller.refusal) {
      const reply = toReply(caller.refusal, { method, settings: provider.settings })
      endRecord(caller.refusal, reply.status)
      return toResponse(reply, signal)
    }
    const response = await respond(caller.bearer)
    const status = response?.status ?? 0
    endRecord({ outcome: 'authorized', status, basis: 'configured' }, status)
    return response
  }
}
