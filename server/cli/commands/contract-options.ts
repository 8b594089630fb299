import * as v from 'valibot'
import { checkBaseUrl } from '../../../contracts/internal.js'
import { objectOf, validate } from '../../../src/internal.js'
import { text } from '../../http/options.js'
import { flagOf, type SettingName, type SettingValues, variableOf } from '../flags/settings.js'

const url = v.optional(v.string('a URL'))

const file = text('the name of a file')

const schema = objectOf({
  consumer: text('a name'),
  pactDir: text('the name of a folder'),
  promises: v.optional(v.array(v.string())),
  baseUrl: url,
  organization: text('an organization id such as "11111"'),
  username: text('a user name'),
  password: text('a password'),
  wrongPassword: text('a password'),
  includeRateLimit: v.optional(v.boolean()),
  brokerBaseUrl: url,
  brokerToken: text('a token'),
  providerVersion: text('a version'),
  publish: v.optional(v.boolean()),
  junit: file,
  report: file,
})

/** What `contract` or `verify` was told. */
export type ContractOptions = v.InferOutput<typeof schema>

const URLS = ['baseUrl', 'brokerBaseUrl'] as const

/** What belongs together: the first is of no use without the others. */
const NEEDS: readonly (readonly [SettingName, readonly SettingName[]])[] = [
  ['baseUrl', ['organization', 'username', 'password']],
  ['organization', ['baseUrl']],
  ['username', ['baseUrl']],
  ['password', ['baseUrl']],
  ['includeRateLimit', ['baseUrl']],
  ['wrongPassword', ['baseUrl']],
  ['publish', ['brokerBaseUrl', 'providerVersion']],
  ['brokerToken', ['brokerBaseUrl']],
]

/** What the mock itself is told by the environment, too. */
const SHARED: readonly SettingName[] = ['organization', 'username', 'password']

/**
 * Takes what a command asks for out of flags and environment; a flag wins. Throws a `TypeError` or a
 * `RangeError` that names the flag or the variable.
 */
export function contractOptions(
  names: readonly SettingName[],
  { flags, environment }: { flags: SettingValues; environment: SettingValues },
): ContractOptions {
  const all = { ...environment, ...flags }
  const values = Object.fromEntries(
    names.filter((name) => name in all).map((name) => [name, all[name]]),
  )
  const nameOf = (name: SettingName) => (name in flags ? flagOf(name) : variableOf(name))
  const options = validate(schema, values, (path) =>
    nameOf(path.replace(/\[.*/, '') as SettingName),
  )
  const isAskedFor = (name: SettingName) =>
    name in flags || (name in values && !SHARED.includes(name))
  for (const name of URLS)
    if (options[name] !== undefined) checkBaseUrl(nameOf(name), options[name])
  for (const [name, needed] of NEEDS) {
    const missing = isAskedFor(name) && needed.find((one) => !(one in values))
    if (missing) throw new RangeError(`${nameOf(name)} needs ${flagOf(missing)} beside it`)
  }
  return options
}
