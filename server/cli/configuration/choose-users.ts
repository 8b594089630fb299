import { DEMO_USER, show, type UserOptions } from '../../../src/internal.js'

type Given = Partial<Pick<UserOptions, 'username' | 'password'>>

/**
 * Who can sign in where a user name or a password was given besides a list. A name chooses one user,
 * known or new; a password is that user's, or that of the first who is active.
 */
export function chooseUsers(given: Given, known: readonly UserOptions[]): UserOptions[] {
  if (given.username === undefined) {
    const first = known.find(({ active = true }) => active)
    return known.map((user) => (user === first ? { ...user, ...given } : user))
  }
  const { username, password } = DEMO_USER
  const chosen = known.find((user) => user.username === given.username)
  return [{ ...(chosen ?? { username, password }), ...given }]
}

/**
 * The users of one organization, where that is all there is: others could sign in to none. Throws a
 * `RangeError` when nobody is left.
 */
export function usersOf(
  users: readonly UserOptions[],
  id: string,
  names: { setting: string; file: string | undefined },
): UserOptions[] {
  const left = users.flatMap((user) => {
    if (!user.organizations) return user
    return user.organizations.map(String).includes(id) ? { ...user, organizations: [id] } : []
  })
  if (left.length > 0) return left
  const known = [...new Set(users.flatMap(({ organizations = [] }) => organizations))].join(', ')
  throw new RangeError(
    `${names.setting} must be an organization of a user in ${names.file} (${known}), got ${show(id)}: add it to the user's organizations, or leave those out`,
  )
}
