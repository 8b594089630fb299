import { DEMO_USER, OwnError, StoreError } from '../../../src/internal.js'
import { readConfig } from '../config.js'
import { type ControlContext, route } from '../route.js'
import { readLoginLimit } from './login-limit.js'
import { readOutcomes } from './outcomes.js'
import { readTime } from './time.js'
import { readUsers } from './users.js'

const isOurs = (error: unknown): error is Error =>
  error instanceof OwnError || error instanceof StoreError

export const STATE = [
  route({
    id: 'getHealth',
    method: 'GET',
    path: 'health',
    isPublic: true,
    async answer({ context }) {
      const { version } = context
      try {
        await context.store.now()
        return { status: 200, json: { status: 'ok', version } }
      } catch (error) {
        // Everybody may ask: another error's message may hold anything.
        const reason = isOurs(error) ? error.message : 'the state cannot be read'
        return { status: 503, json: { status: 'unavailable', version, reason } }
      }
    },
  }),
  route({
    id: 'getState',
    method: 'GET',
    path: 'state',
    answer: async ({ context }) => ({
      status: 200,
      json: {
        version: context.version,
        time: await readTime(context),
        users: await readUsers(context),
        loginLimit: await readLoginLimit(context),
        outcomes: await readOutcomes(context),
        counts: await readCounts(context),
        demoPasswords: await readDemoPasswords(context),
      },
    }),
  }),
  route({
    id: 'getConfig',
    method: 'GET',
    path: 'config',
    answer: ({ context }) => ({ status: 200, json: readConfig(context) }),
  }),
  route({
    id: 'reset',
    method: 'POST',
    path: 'reset',
    async answer({ context }) {
      await context.store.reset()
      return { status: 204 }
    },
  }),
  route({
    id: 'getDocument',
    method: 'GET',
    path: 'openapi.json',
    async answer() {
      const { default: document } = await import('../openapi.json', { with: { type: 'json' } })
      return { status: 200, json: document }
    },
  }),
]

/** The users whose password is that of the documentation's example, which is not a secret. */
async function readDemoPasswords({ store }: ControlContext): Promise<string[]> {
  const names: string[] = []
  for (const { username } of await store.users()) {
    if (await store.checkPassword(username, DEMO_USER.password)) names.push(username)
  }
  return names
}

/** The requests in the journal, those it dropped, and how many had each outcome. */
async function readCounts({ store }: ControlContext) {
  const entries = await store.findEntries({})
  const outcomes: Record<string, number> = {}
  for (const { outcome } of entries) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return { requests: entries.length, dropped: await store.droppedEntries(), outcomes }
}
