import * as v from 'valibot'
import {
  checkOutcome,
  OUTCOME_NAMES,
  objectOf,
  outcomeEntries,
  type PendingOutcome,
} from '../../../src/internal.js'
import { asked } from '../check.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

/** The `times` of an outcome that is forced until it is deleted: JSON has no infinity. */
const UNLIMITED = 'unlimited'

const TIMES_FORMS = `a whole number from 1 upwards, or "${UNLIMITED}"`

const times = v.optional(
  v.union(
    [
      v.literal(UNLIMITED),
      v.pipe(v.number(), v.safeInteger(TIMES_FORMS), v.minValue(1, TIMES_FORMS)),
    ],
    TIMES_FORMS,
  ),
)

export const OUTCOMES = [
  route({
    id: 'listOutcomes',
    method: 'GET',
    path: 'outcomes',
    answer: async ({ context }) => ({
      status: 200,
      json: { outcomes: await readOutcomes(context) },
    }),
  }),
  route({
    id: 'forceOutcome',
    method: 'POST',
    path: 'outcomes',
    body: objectOf({
      outcome: v.picklist(OUTCOME_NAMES, `one of ${OUTCOME_NAMES.join(', ')}`),
      ...outcomeEntries,
      times,
    }),
    async answer({ context, body }) {
      const { outcome: name, times, ...aim } = body
      const count = times === UNLIMITED ? Number.POSITIVE_INFINITY : times
      const { outcome, options } = await asked(() => checkOutcome(name, { ...aim, times: count }))
      const added = await context.store.addOutcome(outcome, options)
      return { status: 201, json: toJson(added) }
    },
  }),
  route({
    id: 'clearOutcomes',
    method: 'DELETE',
    path: 'outcomes',
    async answer({ context }) {
      await context.store.clearOutcomes()
      return { status: 204 }
    },
  }),
  route({
    id: 'deleteOutcome',
    method: 'DELETE',
    path: 'outcomes/{id}',
    async answer({ context, params: { id = '' } }) {
      const isRemoved = /^\d{1,15}$/.test(id) && (await context.store.removeOutcome(Number(id)))
      if (!isRemoved) throw new Problem(404, `No pending outcome has the id ${JSON.stringify(id)}`)
      return { status: 204 }
    },
  }),
]

/** The pending outcomes, in the order in which they are used. */
export async function readOutcomes({ store }: ControlContext) {
  return (await store.pendingOutcomes()).map(toJson)
}

function toJson({ times, ...pending }: PendingOutcome) {
  return { ...pending, times: times === Number.POSITIVE_INFINITY ? UNLIMITED : times }
}
