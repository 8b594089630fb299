import { readRule } from '../config.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

export const LOGIN_LIMIT = [
  route({
    id: 'getLoginLimit',
    method: 'GET',
    path: 'login-limit',
    answer: async ({ context }) => ({ status: 200, json: await readLoginLimit(context) }),
  }),
  route({
    id: 'unlock',
    method: 'DELETE',
    path: 'login-limit/{organization}/{username}',
    async answer({ context, params: { organization = '', username = '' } }) {
      const { store } = context
      const isForgotten = await store.unlock({ username, organizationId: organization })
      if (!isForgotten && !(await store.findUser(username))) {
        const name = JSON.stringify(username)
        throw new Problem(404, `There is no user ${name}, and no login of that name counts`)
      }
      return { status: 204 }
    },
  }),
]

/** The rule, and who is locked until when by the provider's clock. */
export async function readLoginLimit({ store, settings }: ControlContext) {
  const locks = await store.locks()
  return {
    rule: readRule(settings),
    locked: locks.map(({ organizationId, username, until }) => ({
      ...(organizationId !== undefined && { organization: organizationId }),
      ...(username !== undefined && { username }),
      until: new Date(until).toISOString(),
    })),
  }
}
