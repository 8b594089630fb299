import * as v from 'valibot'
import {
  durationText,
  INSTANT_FORMS,
  objectOf,
  show,
  toEpoch,
  toMilliseconds,
} from '../../../src/internal.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

const DATE_FORMS = INSTANT_FORMS.replace('a Date, ', '')

const instant = v.pipe(
  v.union([v.string(), v.number()], DATE_FORMS),
  v.check((value) => toEpoch(value) !== undefined, DATE_FORMS),
)

/** The most milliseconds from 1970 that a `Date` can hold. */
const LAST_EPOCH = 8.64e15

export const TIME = [
  route({
    id: 'getTime',
    method: 'GET',
    path: 'time',
    answer: async ({ context }) => ({ status: 200, json: await readTime(context) }),
  }),
  route({
    id: 'setTime',
    method: 'PUT',
    path: 'time',
    body: objectOf({ now: instant }),
    async answer({ context, body }) {
      // The schema has checked that it is a time.
      await context.store.setNow(toEpoch(body.now) ?? 0)
      return { status: 200, json: await readTime(context) }
    },
  }),
  route({
    id: 'resetTime',
    method: 'DELETE',
    path: 'time',
    async answer({ context }) {
      await context.store.resetTime()
      return { status: 204 }
    },
  }),
  route({
    id: 'advanceTime',
    method: 'POST',
    path: 'time/advance',
    body: objectOf({ by: durationText }),
    async answer({ context, body }) {
      const milliseconds = toMilliseconds(body.by) ?? 0
      if ((await context.store.now()) + milliseconds > LAST_EPOCH) {
        const accepted = 'by must keep the clock within the years that a Date can hold (to 275760)'
        throw new Problem(400, `${accepted}, got ${show(body.by)}`, { field: 'by' })
      }
      const now = await context.store.advance(milliseconds)
      return { status: 200, json: { now: new Date(now).toISOString() } }
    },
  }),
]

/** The provider's time, and whether its clock is stopped. */
export async function readTime({ store, settings }: ControlContext) {
  return { now: new Date(await store.now()).toISOString(), frozen: settings.isFrozen }
}
