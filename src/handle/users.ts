import { checkUser, checkUserChanges } from '../checks.js'
import type { UserOptions } from '../options.js'
import type { Settings } from '../settings.js'
import type { MemoryStore } from '../state/memory-store.js'
import { assertNoConflict, type User, unknownUser } from '../state/users.js'

/**
 * The users who can sign in, in their order. A user cannot be changed in place: `update` replaces it.
 * `zapsign.reset()` brings back the users that the provider was created with.
 */
export interface Users extends Iterable<User> {
  /** The number of users. */
  readonly length: number
  /**
   * Adds a user, and returns it.
   *
   * @throws a `TypeError` or a `RangeError` that names the property, also for a user name or an id that
   * another user has
   * @example
   * zapsign.users.add({ username: 'ana@example.com', password: 'a password', organizations: [11111] })
   */
  add(user: UserOptions): User
  /**
   * Changes a user, and returns it.
   *
   * @throws as `add` does, and a `RangeError` for an unknown user
   * @example
   * zapsign.users.update('ana@example.com', { active: false })
   */
  update(username: string, changes: Partial<Omit<UserOptions, 'id'>>): User
  /**
   * Removes a user. Access tokens of the user are refused from then on.
   *
   * @throws a `RangeError` for an unknown user
   */
  remove(username: string): void
  /** The user with exactly this user name, if there is one. */
  find(username: string): User | undefined
}

export function createUsersHandle({ userList }: MemoryStore, settings: Settings): Users {
  const unknown = (username: unknown) =>
    unknownUser(
      username,
      [...userList].map((user) => user.username),
    )

  return {
    get length() {
      return userList.length
    },
    [Symbol.iterator]: () => userList[Symbol.iterator](),
    add(input) {
      const user = checkUser(input, settings)
      const added = userList.add(user)
      assertNoConflict(user, added)
      return added
    },
    update(username, input) {
      const changes = checkUserChanges(input, settings)
      const updated = userList.update(username, changes)
      if (!updated) throw unknown(username)
      assertNoConflict(changes, updated)
      return updated
    },
    remove(username) {
      if (!userList.remove(username)) throw unknown(username)
    },
    find: (username) => userList.find(username),
  }
}
