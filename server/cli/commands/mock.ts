import {
  createUsers,
  DEMO_USER,
  type Kept,
  organizationFor,
  type User,
  type ZapSign,
} from '../../../src/internal.js'
import { createFastZapSign } from '../../http/create-fast-zapsign.js'
import type { Configuration } from '../configuration/configuration.js'
import { readStartOutcome } from '../configuration/start-outcome.js'
import { UsageError, usage } from '../errors.js'
import type { Access } from '../output/banner.js'

/** The configured provider, with the users generated for it. */
export interface Mock {
  zapsign: ZapSign
  /** With the ids that the provider gave them. */
  generatedUsers: User[]
  /** Those of its first active user. */
  credentials: Omit<Access, 'url'>
}

/**
 * Creates the provider that a configuration describes. Throws a {@link UsageError}.
 *
 * @param kept The clock and the journal of an earlier provider.
 */
export async function createMock(configuration: Configuration, kept?: Kept): Promise<Mock> {
  const { zapsign: options, config } = configuration
  const { users: known = [DEMO_USER] } = options
  const users = [...known, ...(await generateUsers(configuration))]
  // The log explains near misses, so the console does not have to.
  const zapsign = usage(
    () => createFastZapSign({ ...options, users, warnings: false }, kept),
    config,
  )
  for (const text of configuration.outcomes ?? []) {
    const { outcome, times } = readStartOutcome(text) ?? {}
    if (outcome) zapsign.outcomes.next(outcome, { times })
  }
  return {
    zapsign,
    generatedUsers: [...zapsign.users].slice(known.length),
    credentials: credentialsOf(zapsign, options.organizations),
  }
}

/** Users without ids: the provider gives them the ids that are free. */
async function generateUsers({
  fixtures,
  zapsign: { seed },
  nameOf,
}: Configuration): Promise<Omit<User, 'id'>[]> {
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
  organizations: Configuration['zapsign']['organizations'],
): Mock['credentials'] {
  const ids = organizations && new Set(organizations.map(({ id }) => String(id)))
  const user = ids?.size === 0 ? undefined : [...users].find(({ active }) => active)
  if (!user) {
    throw new UsageError(
      'No user could sign in: configure an active user, and at least one organization unless you omit organizations',
    )
  }
  const { username, password } = user
  return { organization: organizationFor(user, ids), username, password }
}
