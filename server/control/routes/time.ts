import * as v from 'valibot'
import {
  DURATION_FORMS,
  INSTANT_FORMS,
  misuse,
  objectOf,
  toEpoch,
  toMilliseconds,
} from '../../../src/internal.js'
import { asked } from '../check.js'
import { type ControlContext, route } from '../route.js'

const DATE_FORMS = INSTANT_FORMS.replace('a Date, ', '')

const by = v.pipe(
  v.string(DURATION_FORMS),
  v.check((text) => toMilliseconds(text) !== undefined, DURATION_FORMS),
)

const instant = v.pipe(
  v.union([v.string(), v.number()], DATE_FORMS),
  v.check((value) => toEpoch(value) !== undefined, DATE_FORMS),
)

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
      const epoch = toEpoch(body.now)
      if (epoch === undefined) throw misuse('now', body.now, DATE_FORMS)
      await asked(() => context.store.setNow(epoch))
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
    body: objectOf({ by }),
    async answer({ context, body }) {
      const milliseconds = toMilliseconds(body.by) ?? 0
      const now = await asked(() => context.store.advance(milliseconds))
      return { status: 200, json: { now: new Date(now).toISOString() } }
    },
  }),
]

/** The provider's present, and whether it stands still. */
export async function readTime({ store, settings }: ControlContext) {
  return { now: new Date(await store.now()).toISOString(), frozen: settings.isFrozen }
}
