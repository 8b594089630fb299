import * as v from 'valibot'
import {
  DEMO_USER,
  type Duration,
  latency,
  objectOf,
  optionEntries,
  validate,
  wholeNumber,
  type ZapSignOptions,
} from '../../../src/internal.js'
import { address, text } from '../../http/options.js'
import {
  flagOf,
  PLACED_NAMES,
  type PlacedName,
  SETTINGS,
  type SettingName,
  type SettingValues,
  variableOf,
} from '../flags/settings.js'
import { chooseUsers, usersOf } from './choose-users.js'
import type { ConfigFile } from './config-file.js'

const LOG_STYLES = ['pretty', 'json', 'silent'] as const

/** How requests are reported. */
export type LogStyle = (typeof LOG_STYLES)[number]

/** The options of `createZapSign`, and the server's own: what a configuration file may hold. */
interface ServerConfiguration extends ZapSignOptions {
  port?: number
  host?: string
  latency?: Duration
  log?: LogStyle
}

/** What flags and the environment can say. */
interface Overrides extends ServerConfiguration {
  config?: string
  /** Users to make up. */
  fixtures?: { count?: number; locale?: string; file?: string }
  json?: boolean
}

/** Everything that the command works with. */
export interface Configuration extends Overrides {
  /** What a setting is called where it was given: a flag, or a variable. */
  nameOf(name: SettingName): string
}

const serverEntries = {
  ...address,
  ...optionEntries,
  latency,
  log: v.optional(v.picklist(LOG_STYLES, `one of ${LOG_STYLES.join(', ')}`)),
}

const configFileSchema = objectOf(serverEntries)

const configurationSchema = objectOf({
  ...serverEntries,
  config: text('the name of a file'),
  fixtures: v.optional(
    objectOf({
      count: v.optional(wholeNumber(1)),
      locale: text('a locale of faker, such as pt_BR'),
      file: text('the name of a file'),
    }),
  ),
  json: v.optional(v.boolean()),
})

/** What was said, by where it was said. */
export interface Sources {
  flags: SettingValues
  environment: SettingValues
  file?: ConfigFile | undefined
}

/**
 * Puts the sources together: a flag wins over the environment, the environment over the file.
 * Throws a `TypeError` or a `RangeError` that names the flag, the variable, or the file and its key.
 */
export function configure({ flags, environment, file }: Sources): Configuration {
  const content = (file ? file.content : {}) as ServerConfiguration
  if (file)
    validate(configFileSchema, content, (path) => (path ? `${file.name}: ${path}` : file.name))
  const nameOf = (name: SettingName) => (name in flags ? flagOf(name) : variableOf(name))
  const values = { ...withoutOverruled(environment, flags), ...flags }
  refuseContradictions(values, nameOf)
  refuseUseless(flags, values)
  const overrides = toOverrides(values, content)
  validate(configurationSchema, overrides, (path) => nameOf(settingAt(path)))
  const { loginLimit, organizations, users = content.users } = overrides
  const [organization] = organizations ?? []
  const names = { setting: nameOf('organization'), file: file?.name }
  return {
    ...content,
    ...overrides,
    ...(file && { config: file.name }),
    ...(users && {
      users: organization ? usersOf(users, String(organization.id), names) : users,
    }),
    loginLimit: overlay(content.loginLimit, loginLimit),
    nameOf,
  }
}

/** What the environment may not say beside a flag. */
const OVERRULED: Readonly<Partial<Record<SettingName, readonly SettingName[]>>> = {
  noLoginLimit: ['loginAttempts', 'loginWindow'],
  loginAttempts: ['noLoginLimit'],
  loginWindow: ['noLoginLimit'],
}

function withoutOverruled(environment: SettingValues, flags: SettingValues): SettingValues {
  const given = Object.keys(flags) as SettingName[]
  return without(
    environment,
    given.flatMap((name) => OVERRULED[name] ?? []),
  )
}

function without(values: SettingValues, names: readonly SettingName[]): SettingValues {
  const others = Object.entries(values).filter(([name]) => !names.includes(name as SettingName))
  return Object.fromEntries(others)
}

function refuseContradictions(values: SettingValues, nameOf: (name: SettingName) => string): void {
  const described = (['loginAttempts', 'loginWindow'] as const).find((name) => name in values)
  if (values.noLoginLimit === false && described) {
    throw new RangeError(`${nameOf('noLoginLimit')} and ${nameOf(described)} contradict each other`)
  }
}

const ABOUT_MADE_UP = ['locale', 'usersFile'] as const

/** An environment may hold what is for other calls; a flag is meant for this one. */
function refuseUseless(flags: SettingValues, values: SettingValues): void {
  const useless = ABOUT_MADE_UP.find((name) => name in flags && !('users' in values))
  if (useless) {
    throw new RangeError(
      `${flagOf(useless)} is about users to make up: say how many with ${flagOf('users')}`,
    )
  }
}

function toOverrides(values: SettingValues, { users = [DEMO_USER] }: ZapSignOptions): Overrides {
  const overrides: Overrides = {}
  const said = 'users' in values ? values : without(values, ABOUT_MADE_UP)
  for (const name of PLACED_NAMES) {
    if (said[name] !== undefined) put(overrides, SETTINGS[name].path, said[name])
  }
  const [given] = overrides.users ?? []
  if (given) overrides.users = chooseUsers(given, users)
  return overrides
}

/** Puts a value at a path such as `users[0].username`; what is there already stays. */
function put(target: object, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split(/[.[\]]+/)
  const node = target as Record<string, unknown>
  if (rest.length === 0) {
    node[key] ??= value
    return
  }
  node[key] ??= /^\d/.test(rest[0] ?? '') ? [] : {}
  put(node[key] as object, rest.join('.'), value)
}

/** The setting that a path in a configuration belongs to. */
function settingAt(path: string): PlacedName {
  const parents = PLACED_NAMES.filter((one) => `${path}.`.startsWith(SETTINGS[one].path))
  const [name] = parents.sort(
    (one, other) => SETTINGS[other].path.length - SETTINGS[one].path.length,
  )
  if (!name) throw new Error(`No setting stands for ${path}`)
  return name
}

function overlay(
  below: ZapSignOptions['loginLimit'],
  above: ZapSignOptions['loginLimit'],
): ZapSignOptions['loginLimit'] {
  return below && above ? { ...below, ...above } : (above ?? below)
}
