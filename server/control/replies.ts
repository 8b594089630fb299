import * as v from 'valibot'
import { SOURCES } from '../../src/internal.js'

// What the routes answer, for the OpenAPI document and the tests. Nothing loads this at run time.

const instant = v.pipe(v.string(), v.isoTimestamp())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const ids = v.array(v.string())

const user = v.strictObject({
  id: count,
  username: v.string(),
  active: v.boolean(),
  organizations: v.optional(ids),
  firstName: v.optional(v.string()),
  lastName: v.optional(v.string()),
})

const time = v.strictObject({ now: instant, frozen: v.boolean() })

const outcome = v.strictObject({
  id: count,
  outcome: v.string(),
  times: v.union([count, v.literal('unlimited')]),
  endpoint: v.optional(v.string()),
  username: v.optional(v.string()),
  retryAfter: v.optional(v.string()),
})

const rule = v.strictObject({
  attempts: count,
  window: v.string(),
  count: v.picklist(['failures', 'all']),
  key: v.string(),
  clearedBySuccess: v.boolean(),
})

const loginLimit = v.strictObject({
  rule: v.union([v.literal(false), rule]),
  locked: v.array(
    v.strictObject({
      organization: v.optional(v.string()),
      username: v.optional(v.string()),
      until: instant,
    }),
  ),
})

const requestEntries = {
  id: count,
  time: instant,
  method: v.string(),
  path: v.string(),
  status: count,
  outcome: v.string(),
  source: v.picklist(SOURCES),
  username: v.optional(v.string()),
  reason: v.optional(v.string()),
  hint: v.optional(v.string()),
  duration: v.number(),
}

const request = v.strictObject(requestEntries)

const verdict = v.strictObject({
  status: count,
  outcome: v.string(),
  body: v.optional(v.looseObject({})),
})

/** An error of the control API. */
export const problemReply = v.strictObject({
  type: v.literal('about:blank'),
  title: v.string(),
  status: count,
  detail: v.string(),
  field: v.optional(v.string()),
})

/** The JSON of the replies with a body, by the operation. */
export const REPLIES: Readonly<Record<string, v.GenericSchema>> = {
  getHealth: v.strictObject({
    status: v.picklist(['ok', 'unavailable']),
    version: v.string(),
    reason: v.optional(v.string()),
  }),
  getState: v.strictObject({
    version: v.string(),
    time,
    users: v.array(user),
    loginLimit,
    outcomes: v.array(outcome),
    demoPasswords: v.array(v.string()),
    counts: v.strictObject({
      requests: count,
      dropped: count,
      outcomes: v.record(v.string(), count),
    }),
  }),
  getConfig: v.looseObject({}),
  getDocument: v.looseObject({}),
  getTime: time,
  setTime: time,
  advanceTime: v.strictObject({ now: instant }),
  listOutcomes: v.strictObject({ outcomes: v.array(outcome) }),
  forceOutcome: outcome,
  listRequests: v.strictObject({ requests: v.array(request) }),
  getRequest: v.strictObject({ ...requestEntries, received: v.optional(v.looseObject({})) }),
  countRequests: v.strictObject({ count }),
  issueTokens: v.strictObject({ refresh: v.string(), access: v.string() }),
  inspectToken: v.strictObject({
    header: v.nullable(v.looseObject({})),
    claims: v.nullable(v.looseObject({})),
    signature: v.nullable(v.picklist(['valid', 'invalid'])),
    expired: v.nullable(v.boolean()),
    expires: v.nullable(instant),
    now: instant,
    answers: v.strictObject({ protected: verdict, refresh: verdict }),
  }),
  getLoginLimit: loginLimit,
  listUsers: v.strictObject({ users: v.array(user) }),
  addUser: user,
  updateUser: user,
}
