import type { KnownUser, NewUser, UserChanges, UserConflict } from '../../src/internal.js'

/** A user as Redis keeps it. */
export interface StoredUser extends Omit<KnownUser, 'password'> {
  /** The salted digest of the password. */
  readonly digest: string
}

/** The users, and the lowest id that no user has had. */
export interface StoredUsers {
  readonly list: readonly StoredUser[]
  readonly nextId: number
}

/** Adds a user. A user without an id gets the lowest id that no user before had. */
export function addStored(
  { list, nextId }: StoredUsers,
  { password, ...user }: NewUser,
  digest: string,
): { users: StoredUsers; result: StoredUser } | { conflict: UserConflict } {
  if (list.some(({ username }) => username === user.username))
    return { conflict: { conflict: 'username' } }
  const ids = new Set(list.map(({ id }) => id))
  if (user.id !== undefined && ids.has(user.id)) return { conflict: { conflict: 'id' } }
  let next = nextId
  if (user.id === undefined) while (ids.has(next)) next += 1
  const result = { ...user, id: user.id ?? next, digest }
  const used = user.id === undefined ? next + 1 : next
  return { users: { list: [...list, result], nextId: used }, result }
}

/** Changes a user, or returns nothing when no user has the name. */
export function updateStored(
  { list, nextId }: StoredUsers,
  username: string,
  { password, ...changes }: UserChanges,
  digest: string | undefined,
): { users: StoredUsers; result: StoredUser } | { conflict: UserConflict } | undefined {
  const user = list.find((one) => one.username === username)
  if (!user) return undefined
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const result: StoredUser = {
    ...user,
    ...Object.fromEntries(given),
    ...(digest !== undefined && { digest }),
  }
  const isTaken = list.some((one) => one !== user && one.username === result.username)
  if (isTaken) return { conflict: { conflict: 'username' } }
  return { users: { list: list.map((one) => (one === user ? result : one)), nextId }, result }
}
