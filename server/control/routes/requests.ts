import * as v from 'valibot'
import {
  createRedact,
  type EntryFilter,
  filterEntries,
  type JournalEntry,
  objectOf,
  toEpoch,
} from '../../../src/internal.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

const { password, since: sinceId, ...entries } = filterEntries

const SINCE_FORMS = 'an id, a whole number from 0 upwards, or an ISO 8601 date'

const since = v.optional(
  v.union(
    [
      sinceId,
      v.pipe(
        v.string(SINCE_FORMS),
        v.check((text) => toEpoch(text) !== undefined, SINCE_FORMS),
      ),
    ],
    SINCE_FORMS,
  ),
)

/** The filters. A password never is one: it would be part of a URL. */
const query = objectOf({ ...entries, since })

type Query = Omit<EntryFilter, 'since'> & { since?: number | string | undefined }

export const REQUESTS = [
  route({
    id: 'listRequests',
    method: 'GET',
    path: 'requests',
    query,
    answer: async ({ context, query }) => ({
      status: 200,
      json: { requests: await find(context, query as Query) },
    }),
  }),
  route({
    id: 'countRequests',
    method: 'GET',
    path: 'requests/count',
    query,
    answer: async ({ context, query }) => ({
      status: 200,
      json: { count: (await find(context, query as Query)).length },
    }),
  }),
  route({
    id: 'getRequest',
    method: 'GET',
    path: 'requests/{id}',
    async answer({ context, params: { id = '' } }) {
      const { store, settings, received } = context
      const [entry] = /^\d{1,15}$/.test(id) ? await store.findEntries({ id: Number(id) }) : []
      if (!entry) throw new Problem(404, `The journal has no request ${JSON.stringify(id)}`)
      const redact = createRedact([...settings.apiTokens, settings.signingKey])
      const incoming = received?.find(entry.id, (text) => redact(text, store.passwords))
      return { status: 200, json: { ...entry, received: incoming } }
    },
  }),
  route({
    id: 'clearRequests',
    method: 'DELETE',
    path: 'requests',
    async answer({ context }) {
      await context.store.clearEntries()
      return { status: 204 }
    },
  }),
]

/** The entries that match, oldest first. `since` is an id, or a date: only later requests match. */
async function find({ store }: ControlContext, query: Query): Promise<JournalEntry[]> {
  const { since, limit, ...filter } = query
  if (typeof since !== 'string') return store.findEntries({ ...filter, since, limit })
  const after = toEpoch(since) ?? 0
  const found = await store.findEntries(filter)
  const later = found.filter(({ time }) => Date.parse(time) > after)
  return limit === undefined ? later : later.slice(Math.max(0, later.length - limit))
}
