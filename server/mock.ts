import { writeFileSync } from 'node:fs'
import {
  createUsers,
  createZapSign,
  organizationFor,
  type User,
  type ZapSign,
} from '../src/index.js'
import type { Access } from './banner.js'
import type { Configuration } from './configuration.js'
import { CommandError, UsageError } from './errors.js'

/** A provider as configured, with the users who were made up for it. */
export interface Mock {
  zapsign: ZapSign
  madeUp: User[]
  /** How its first user signs in, but for the address. */
  credentials: Omit<Access, 'url'>
}

/** Makes the provider that a configuration describes. Throws a {@link UsageError}. */
export async function createMock(configuration: Configuration): Promise<Mock> {
  const { port, host, latency, log, json, config, fixtures, ...options } = configuration
  const madeUp = await makeUp(configuration)
  // The log tells of near misses, each time.
  const settings = { ...options, warnings: false }
  const configured = createZapSign(settings)
  const users = [...configured.users, ...madeUp.map(({ id, ...user }) => user)]
  const zapsign = madeUp.length > 0 ? createZapSign({ ...settings, users }) : configured
  const [user] = zapsign.users
  if (!user) throw new Error('A provider has one user at least')
  const ids = options.organizations?.map(({ id }) => String(id))
  const organization = organizationFor(user, ids && new Set(ids))
  return {
    zapsign,
    madeUp,
    credentials: { organization, username: user.username, password: user.password },
  }
}

async function makeUp({ fixtures, seed }: Configuration): Promise<User[]> {
  if (!fixtures) return []
  const { file, ...asked } = fixtures
  const users = await createUsers({ ...asked, seed }).catch((error: unknown) => {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  })
  if (file !== undefined) write(file, users)
  return users
}

/** For nobody else to read: there are passwords in it. */
function write(file: string, users: readonly User[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(users, null, 2)}\n`, { mode: 0o600 })
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`)
  }
}
