import { show } from '../misuse.js'
import { createSecretIndex } from '../secret-index.js'
import type { Passwords } from '../secrets.js'

/** A user who can sign in. */
export interface User {
  /** The `user_id` claim. */
  readonly id: number
  /** The e-mail address that ZapSign takes as the user name. */
  readonly username: string
  readonly password: string
  /** The login of an inactive user is refused like wrong credentials. */
  readonly active: boolean
  /** The organizations that the user may sign in to. Any organization when it is left out. */
  readonly organizations?: readonly string[]
  readonly firstName?: string
  readonly lastName?: string
}

/** An organization that users sign in to. */
export interface Organization {
  /** ZapSign documents a number. The mock accepts any text without a slash or white space. */
  id: string
}

/** The user of the example request in "Get access token", ZapSign docs. */
export const DEMO_USER: Readonly<User> = Object.freeze({
  id: 1,
  username: 'dev@example.com.br',
  password: 'StrongPassword123',
  active: true,
})

/** The organization id of the example request in "Get access token", ZapSign docs. */
const DEMO_ORGANIZATION = '11111'

/** A validated user, with or without an id. */
export type NewUser = Omit<User, 'id'> & { readonly id?: number | undefined }

/** A user as a store returns it. A store that processes share keeps only a digest of the password. */
export type KnownUser = Omit<User, 'password'> & Partial<Pick<User, 'password'>>

/** Changes to a user. Properties that are left out, or are undefined, stay as they are. */
export type UserChanges = { readonly [K in keyof Omit<User, 'id'>]?: User[K] | undefined }

/** The property that two users would share, where each needs its own value. */
export interface UserConflict {
  conflict: 'username' | 'id'
}

/** Throws a `RangeError` for two users who would share what each needs for itself. */
export function assertNoConflict<T extends object>(
  given: NewUser | UserChanges,
  result: T | UserConflict,
): asserts result is T {
  if (!('conflict' in result)) return
  const { conflict } = result
  const value = (given as Partial<User>)[conflict]
  throw new RangeError(`user.${conflict} must be different for every user, got ${show(value)}`)
}

/** The error for a user name that no user has. */
export function unknownUser(username: unknown, known: readonly string[]): RangeError {
  const names = known.slice(0, MOST_NAMED).join(', ') || 'there are no users'
  const more = known.length > MOST_NAMED ? `, and ${known.length - MOST_NAMED} more` : ''
  return new RangeError(`There is no user ${show(username)}. Users: ${names}${more}`)
}

/** The number of user names in an error message. */
const MOST_NAMED = 10

/** The users of one provider, found by name and by id without a search. */
export interface UserList extends Iterable<User> {
  readonly length: number
  /** Adds a user. A user without an id gets the lowest id that no user before had. */
  add(user: NewUser): User | UserConflict
  /** Returns `undefined` when no user has the name. */
  update(username: string, changes: UserChanges): User | UserConflict | undefined
  /** Returns whether a user had the name. */
  remove(username: string): boolean
  find(username: string): User | undefined
  /** @param id The `user_id` claim of a token, as text. */
  findById(id: string): User | undefined
  /** Such texts must not be logged. */
  readonly passwords: Passwords
  /** Replaces all users by these. Their names and ids must differ. */
  replace(users: readonly User[]): void
}

export function createUserList(initial: readonly User[]): UserList {
  const byName = new Map<string, User>()
  const byId = new Map<string, User>()
  const passwords = createSecretIndex()
  let nextId = 1

  function put(user: User): User {
    const own = freeze(user)
    byName.set(own.username, own)
    byId.set(String(own.id), own)
    passwords.add(own.password)
    return own
  }

  function freeId(): number {
    while (byId.has(String(nextId))) nextId += 1
    return nextId++
  }

  function replace(users: readonly User[]): void {
    byName.clear()
    byId.clear()
    passwords.clear()
    nextId = 1
    for (const user of users) put(user)
  }

  replace(initial)
  return {
    get length() {
      return byName.size
    },
    [Symbol.iterator]: () => byName.values(),
    add(user) {
      if (byName.has(user.username)) return { conflict: 'username' }
      if (user.id !== undefined && byId.has(String(user.id))) return { conflict: 'id' }
      return put({ ...user, id: user.id ?? freeId() })
    },
    update(username, changes) {
      const user = byName.get(username)
      if (!user) return undefined
      const given = Object.entries(changes).filter(([, value]) => value !== undefined)
      const changed: User = { ...user, ...Object.fromEntries(given) }
      if (changed.username === username) {
        passwords.remove(user.password)
        return put(changed)
      }
      if (byName.has(changed.username)) return { conflict: 'username' }
      // The order of the users stays: the renamed user keeps its place.
      const all = [...byName.values()].map((one) => (one === user ? changed : one))
      const kept = nextId
      replace(all)
      nextId = kept
      return byName.get(changed.username)
    },
    remove(username) {
      const user = byName.get(username)
      if (!user) return false
      passwords.remove(user.password)
      byId.delete(String(user.id))
      return byName.delete(username)
    },
    find: (username) => byName.get(username),
    findById: (id) => byId.get(id),
    passwords,
    replace,
  }
}

/** A frozen deep copy. */
function freeze(user: User): User {
  const { organizations } = user
  return Object.freeze({
    ...user,
    ...(organizations && { organizations: Object.freeze([...organizations]) }),
  })
}

/** Whether a user may sign in to an organization. If the organizations are configured, it must be one of them. */
export function belongsTo(
  { organizations: own }: Pick<User, 'organizations'>,
  organizationId: string,
  organizations?: ReadonlySet<string>,
): boolean {
  const exists = organizations?.has(organizationId) ?? true
  return exists && (own?.includes(organizationId) ?? true)
}

/** An organization that a user can sign in to: the documented example when nothing restricts it. */
export function organizationFor(
  { organizations: own }: Pick<User, 'organizations'>,
  organizations?: ReadonlySet<string>,
): string {
  const candidates = own ?? organizations ?? [DEMO_ORGANIZATION]
  return [...candidates].find((id) => organizations?.has(id) ?? true) ?? DEMO_ORGANIZATION
}
