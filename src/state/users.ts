/** Someone who can sign in. */
export interface User {
  /** The `user_id` claim. */
  id: number
  /** The e-mail address that ZapSign takes as the user name. */
  username: string
  password: string
  /** An inactive user's login is refused as wrong credentials are. */
  active: boolean
  /** The organizations that the user may sign in to; any, when left out. */
  organizations?: string[]
  firstName?: string
  lastName?: string
}

/** An organization that users sign in to. */
export interface Organization {
  /** A number, as documented; the mock takes any text without a slash. */
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

/** Whether a user may sign in at all. Who adds a user by hand may leave `active` out. */
export function isActive({ active }: Pick<User, 'active'>): boolean {
  return active !== false
}

/** Whether a user may sign in to an organization, of those that exist where they are known. */
export function belongsTo(
  { organizations: own }: User,
  organizationId: string,
  organizations?: ReadonlySet<string>,
): boolean {
  const exists = organizations?.has(organizationId) ?? true
  return exists && (own?.map(String).includes(organizationId) ?? true)
}

/** Sees to it that every user has an id, as who adds a user by hand may leave it out: the next one. */
export function numberUsers(users: User[]): void {
  for (const user of users) {
    if (user.id === undefined) user.id = 1 + Math.max(0, ...users.map(({ id }) => id ?? 0))
  }
}

/** An organization that a user can sign in to: any when nothing restricts it. */
export function organizationFor(user: User, organizations?: ReadonlySet<string>): string {
  const own = user.organizations ?? organizations ?? [DEMO_ORGANIZATION]
  return [...own].find((id) => organizations?.has(id) ?? true) ?? DEMO_ORGANIZATION
}

/** Copies that share nothing with their originals. */
export function copyUsers(users: readonly User[]): User[] {
  return users.map((user) => ({
    ...user,
    ...(user.organizations && { organizations: [...user.organizations] }),
  }))
}
