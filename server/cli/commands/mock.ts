import {
  createUsers,
  createZapSign,
  DEMO_USER,
  organizationFor,
  type User,
  type ZapSign,
} from '../../../src/internal.js'
import type { Configuration } from '../configuration/configuration.js'
import { UsageError, usage } from '../errors.js'
import type { Access } from '../output/banner.js'

/** A provider as configured, with the users who were made up for it. */
export interface Mock {
  zapsign: ZapSign
  /** As the provider has them. */
  madeUp: User[]
  /** How its first user who can signs in, but for the address. */
  credentials: Omit<Access, 'url'>
}

/** Makes the provider that a configuration describes. Throws a {@link UsageError}. */
export async function createMock(configuration: Configuration): Promise<Mock> {
  const { port, host, latency, log, json, config, fixtures, nameOf, ...options } = configuration
  const { users: known = [DEMO_USER] } = options
  const users = [...known, ...(await makeUp(configuration))]
  // The log tells of near misses, each time.
  const zapsign = usage(() => createZapSign({ ...options, users, warnings: false }), config)
  return {
    zapsign,
    madeUp: zapsign.users.slice(known.length),
    credentials: credentialsOf(zapsign, options.organizations),
  }
}

/** Users without ids: the provider numbers them after those who have one. */
async function makeUp({ fixtures, seed, nameOf }: Configuration): Promise<Omit<User, 'id'>[]> {
  if (!fixtures) return []
  const { count, locale } = fixtures
  const users = await createUsers({ count, locale, seed }).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(error.message.replace(/^locale/, nameOf('locale')))
  })
  return users.map(({ id, ...user }) => user)
}

function credentialsOf(
  { users }: ZapSign,
  organizations: Configuration['organizations'],
): Mock['credentials'] {
  const ids = organizations && new Set(organizations.map(({ id }) => String(id)))
  const user = ids?.size === 0 ? undefined : users.find(({ active }) => active)
  if (!user) {
    throw new UsageError(
      'Nobody could sign in: there must be a user who is active, and an organization unless organizations is left out',
    )
  }
  const { username, password } = user
  return { organization: organizationFor(user, ids), username, password }
}
