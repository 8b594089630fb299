import { allFakers } from '@faker-js/faker'

/**
 * A module that exports `allFakers` as faker does, in a third of the size. `pt_BR`, which the user's routes
 * take their values from, is complete. The other locales have only what `createUsers` needs: names of people,
 * and the hosts of example addresses. `test/faker.test.ts` checks that the users are the same.
 */
export function slimFaker(): string {
  const { base, pt_BR, ...others } = allFakers
  const lists: string[] = []
  const numberOf = new Map<string, number>()

  /** An expression for a definition. Many locales share lists, so each list is there once. */
  function toExpression(definition: unknown): string {
    if (Array.isArray(definition)) {
      const text = JSON.stringify(definition)
      const number = numberOf.get(text) ?? lists.push(`const l${lists.length} = ${text}`) - 1
      numberOf.set(text, number)
      return `l${number}`
    }
    const entries = Object.entries(Object(definition)).filter(([, value]) => value)
    return `{ ${entries.map(([name, value]) => `${name}: ${toExpression(value)}`).join(', ')} }`
  }

  const fakers = Object.entries(others).map(([locale, { rawDefinitions }]) => {
    const { first_name, last_name, last_name_pattern } = rawDefinitions.person ?? {}
    const { example_email } = rawDefinitions.internet ?? {}
    const needed = {
      person: { first_name, last_name, last_name_pattern },
      internet: { example_email },
    }
    return `  ${locale}: new Faker({ locale: ${toExpression(needed)} }),`
  })
  return [
    "import { faker as pt_BR } from '@faker-js/faker/locale/pt_BR'",
    'const Faker = pt_BR.constructor',
    ...lists,
    // In faker's order, which is that of the message about an unknown locale.
    'const others = {',
    ...fakers,
    '}',
    `const locales = ${JSON.stringify(Object.keys(allFakers).filter((name) => name !== 'base'))}`,
    'export const allFakers = Object.fromEntries(',
    "  locales.map((name) => [name, name === 'pt_BR' ? pt_BR : others[name]]),",
    ')',
  ].join('\n')
}
