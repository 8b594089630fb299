import {
  checkUser,
  checkUserChanges,
  type KnownUser,
  objectOf,
  unknownUser,
  userChangesEntries,
  userEntries,
} from '../../../src/internal.js'
import { asked } from '../check.js'
import { Problem } from '../problem.js'
import { type ControlContext, route } from '../route.js'

export const USERS = [
  route({
    id: 'listUsers',
    method: 'GET',
    path: 'users',
    answer: async ({ context }) => ({ status: 200, json: { users: await readUsers(context) } }),
  }),
  route({
    id: 'addUser',
    method: 'POST',
    path: 'users',
    body: objectOf(userEntries),
    async answer({ context, body }) {
      const user = await asked(() => checkUser(body, context.settings))
      const added = refuseConflict(user, await context.store.addUser(user))
      return { status: 201, json: withoutPassword(added) }
    },
  }),
  route({
    id: 'updateUser',
    method: 'PATCH',
    path: 'users/{username}',
    body: objectOf(userChangesEntries),
    async answer({ context, params: { username = '' }, body }) {
      const changes = await asked(() => checkUserChanges(body, context.settings))
      const updated = await context.store.updateUser(username, changes)
      if (!updated) throw await noUser(context, username)
      return { status: 200, json: withoutPassword(refuseConflict(changes, updated)) }
    },
  }),
  route({
    id: 'removeUser',
    method: 'DELETE',
    path: 'users/{username}',
    async answer({ context, params: { username = '' } }) {
      if (!(await context.store.removeUser(username))) throw await noUser(context, username)
      return { status: 204 }
    },
  }),
]

/** The users, without passwords. */
export async function readUsers({ store }: ControlContext) {
  return (await store.users()).map(withoutPassword)
}

/** The error for a name that no user has. */
export async function noUser({ store }: ControlContext, username: string): Promise<Problem> {
  const known = await store.users()
  const names = known.map((user) => user.username)
  return new Problem(404, unknownUser(username, names).message, { field: 'username' })
}

function withoutPassword({ password, ...user }: KnownUser): Omit<KnownUser, 'password'> {
  return user
}

function refuseConflict(
  given: { username?: string | undefined; id?: number | undefined },
  result: KnownUser | { conflict: 'username' | 'id' },
): KnownUser {
  if (!('conflict' in result)) return result
  const { conflict } = result
  const value = JSON.stringify(given[conflict])
  throw new Problem(409, `Another user has the ${conflict} ${value}`, { field: conflict })
}
