import { digest } from './digest.js'
import { misuse } from './misuse.js'
import type { User } from './users.js'

/** How many users, and which. */
export interface CreateUsersOptions {
  /** 1 by default. */
  count?: number
  /** The same seed makes the same users, with the same version of faker. */
  seed?: number | string
  /** A locale of faker, for the names: `pt_BR` by default. */
  locale?: string
}

/**
 * Makes up users with names and e-mail addresses of a country, and passwords. Throws a `RangeError`
 * for an unknown locale.
 *
 * @example
 * import { createUsers, createZapSign } from 'zapsign-mock'
 *
 * const users = await createUsers({ count: 3, seed: 1, locale: 'pt_BR' })
 * const zapsign = createZapSign({ users })
 */
export async function createUsers(options: CreateUsersOptions = {}): Promise<User[]> {
  const { count = 1, seed, locale = 'pt_BR' } = options
  if (!Number.isSafeInteger(count) || count < 0) {
    throw misuse('count', count, 'a whole number from 0 upwards')
  }
  // Loaded here, not above: faker is heavy and few ask for it.
  const { allFakers } = await import('@faker-js/faker')
  if (!Object.hasOwn(allFakers, locale)) {
    throw misuse('locale', locale, `one of ${Object.keys(allFakers).join(', ')}`)
  }
  const faker = allFakers[locale as keyof typeof allFakers]
  if (seed !== undefined) faker.seed(Number.parseInt(digest(String(seed)).slice(0, 8), 16))
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const firstName = faker.person.firstName()
    const lastName = faker.person.lastName()
    const username = firstFree(
      faker.internet.exampleEmail({ firstName, lastName }).toLowerCase(),
      taken,
    )
    taken.add(username)
    const password = faker.internet.password({ length: 16 })
    return { id: index + 1, username, password, active: true, firstName, lastName }
  })
}

/** Numbers an address that somebody else has already. */
function firstFree(address: string, taken: ReadonlySet<string>): string {
  let free = address
  for (let number = 2; taken.has(free); number += 1) free = address.replace('@', `.${number}@`)
  return free
}
