import type { Faker } from '@faker-js/faker'
import * as v from 'valibot'
import { digest } from './digest.js'
import { misuse } from './misuse.js'
import { seed, wholeNumber } from './option-schemas.js'
import { DEMO_USER, type User } from './state/users.js'
import { objectOf, validate } from './validate.js'

/** The options of `createUsers`. */
export interface CreateUsersOptions {
  /** The number of users. @default 1 */
  count?: number
  /** With the same version of faker, the same seed gives the same users. @default random users */
  seed?: number | string
  /** A locale of faker, for the names. @default 'pt_BR' */
  locale?: string
}

const usersSchema = objectOf({
  count: v.optional(wholeNumber(0), 1),
  seed: v.optional(seed),
  locale: v.optional(v.string('a string'), 'pt_BR'),
})

/**
 * Generates users with names, e-mail addresses and passwords. Their ids start after the id of
 * {@link DEMO_USER}.
 *
 * @throws a `TypeError` or a `RangeError` for a wrong option (as a rejection)
 * @example
 * import { createUsers, createZapSign } from 'zapsign-mock'
 *
 * const users = await createUsers({ count: 3, seed: 1, locale: 'pt_BR' })
 * const zapsign = createZapSign({ users })
 */
export async function createUsers(options: CreateUsersOptions = {}): Promise<User[]> {
  const { count, seed, locale } = validate(usersSchema, options)
  const faker = await loadFaker({ locale, seed })
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
    return { id: DEMO_USER.id + 1 + index, username, password, active: true, firstName, lastName }
  })
}

/**
 * Loads faker on demand: it is large, and few callers need it.
 *
 * @param seed The same seed gives the same values. @default random values
 */
export async function loadFaker({
  locale = 'pt_BR',
  seed,
}: {
  locale?: string
  seed?: number | string | undefined
}): Promise<Faker> {
  const { allFakers } = await import('@faker-js/faker')
  // The locale `base` has no names of people.
  const { base, ...fakers } = allFakers
  if (!Object.hasOwn(fakers, locale)) {
    throw misuse('locale', locale, `one of ${Object.keys(fakers).join(', ')}`)
  }
  const faker = fakers[locale as keyof typeof fakers]
  faker.seed(seed === undefined ? undefined : Number.parseInt(digest(String(seed)).slice(0, 8), 16))
  return faker
}

/** Adds a number to an address that is taken. */
function firstFree(address: string, taken: ReadonlySet<string>): string {
  let free = address
  for (let number = 2; taken.has(free); number += 1) free = address.replace('@', `.${number}@`)
  return free
}
