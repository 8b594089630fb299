import * as v from 'valibot'
import { baseUrl, type Needs, text } from '../../../contracts/internal.js'
import { objectOf } from '../../../src/internal.js'
import { FOR_VERIFY } from '../flags/contract-settings.js'
import type { SettingName } from '../flags/settings.js'
import { commandOptions, type Sources } from './command-options.js'

const schema = objectOf({
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
  junit: text('the name of a file'),
  report: text('the name of a file'),
})

/** The options of `verify`. */
export type VerifyCommandOptions = v.InferOutput<typeof schema>

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

/** Throws what {@link commandOptions} throws. */
export function verifyOptions(sources: Sources): VerifyCommandOptions {
  const isShared = (name: SettingName) => SHARED.includes(name) && !(name in sources.flags)
  const needs = NEEDS.filter(([name]) => !isShared(name))
  return commandOptions(schema, FOR_VERIFY, sources, needs)
}
