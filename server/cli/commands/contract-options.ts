import * as v from 'valibot'
import {
  baseUrl,
  checkNeeds,
  consumerName,
  type Needs,
  promiseNames,
  text,
} from '../../../contracts/internal.js'
import { objectOf, validate } from '../../../src/internal.js'
import { flagOf, type SettingName, type SettingValues, variableOf } from '../flags/settings.js'

const file = text('the name of a file')

const schema = objectOf({
  consumer: v.optional(consumerName),
  pactDir: text('the name of a folder'),
  promises: v.optional(promiseNames),
  baseUrl,
  organization: text('an organization id such as "11111"'),
  username: text('a user name'),
  password: text('a password'),
  wrongPassword: text('a password'),
  includeRateLimit: v.optional(v.boolean()),
  brokerBaseUrl: baseUrl,
  brokerToken: text('a token'),
  providerVersion: text('a version'),
  publish: v.optional(v.boolean()),
  junit: file,
  report: file,
})

/** The options of `contract` and `verify`. */
export type ContractOptions = v.InferOutput<typeof schema>

const NEEDS: Needs<SettingName> = [
  ['baseUrl', ['organization', 'username', 'password']],
  ['organization', ['baseUrl']],
  ['username', ['baseUrl']],
  ['password', ['baseUrl']],
  ['includeRateLimit', ['baseUrl']],
  ['wrongPassword', ['baseUrl']],
  ['publish', ['brokerBaseUrl', 'providerVersion']],
  ['brokerToken', ['brokerBaseUrl']],
]

/** The environment may give these to the mock as a server: alone, they ask `verify` for nothing. */
const SHARED: readonly SettingName[] = ['organization', 'username', 'password']

/**
 * Takes the options of a command out of flags and environment; a flag wins. Throws a `TypeError` or a
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
  const isShared = (name: SettingName) => SHARED.includes(name) && !(name in flags)
  const needs = NEEDS.filter(([name]) => !isShared(name))
  checkNeeds(values, needs, (name) => (name in values ? nameOf(name) : flagOf(name)))
  return options
}
