import { DEMO_USER, show, type UserOptions } from '../../../src/internal.js'

type Given = Partial<Pick<UserOptions, 'username' | 'password'>>

/**
 * The users when a flag or a variable gives a user name or a password. A name selects one user, known
 * or new. A password without a name replaces that of the first active user.
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
 * The users of one organization when it is the only one: the others could sign in nowhere. Throws a
 * `RangeError` when no user remains.
 */
export function usersOf(
  users: readonly UserOptions[],
  id: string,
  names: { setting: string; file: string | undefined },
): UserOptions[] {
  const remaining = users.flatMap((user) => {
    if (!user.organizations) return user
    return user.organizations.map(String).includes(id) ? { ...user, organizations: [id] } : []
  })
  if (remaining.length > 0) return remaining
  const known = [...new Set(users.flatMap(({ organizations = [] }) => organizations))].join(', ')
  throw new RangeError(
    `${names.setting} must be an organization of a user in ${names.file} (${known}), got ${show(id)}: add it to the user's organizations, or remove the user's organizations`,
  )
}
