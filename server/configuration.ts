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
} from '../src/index.js'
import type { ConfigFile } from './config-file.js'
import { address, text } from './schemas.js'
import {
  flagOf,
  PLACED_NAMES,
  type PlacedName,
  SETTINGS,
  type SettingName,
  type SettingValues,
  variableOf,
} from './settings.js'

const LOG_STYLES = ['pretty', 'json', 'silent'] as const

/** How requests are reported. */
export type LogStyle = (typeof LOG_STYLES)[number]

/** The options of `createZapSign`, and the server's own: what a configuration file may hold. */
export interface ServerConfiguration extends ZapSignOptions {
  port?: number
  host?: string
  latency?: Duration
  log?: LogStyle
}

/** Everything that the command works with. */
export interface Configuration extends ServerConfiguration {
  config?: string
  /** Users to make up. */
  fixtures?: { count?: number; locale?: string; file?: string }
  json?: boolean
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
  const content = (file?.content ?? {}) as ServerConfiguration
  if (file)
    validate(configFileSchema, content, (path) => (path ? `${file.name}: ${path}` : file.name))
  const values = { ...withoutOverruled(environment, flags), ...flags }
  const nameOf = (name: SettingName) => (name in flags ? flagOf(name) : variableOf(name))
  refuseContradictions(values, nameOf)
  const overrides = toConfiguration(values)
  validate(configurationSchema, overrides, (path) => nameOf(settingAt(path)))
  return { ...content, ...overrides, loginLimit: overlay(content.loginLimit, overrides.loginLimit) }
}

/** A flag about the login limit overrules all that the environment says of it. */
function withoutOverruled(environment: SettingValues, flags: SettingValues): SettingValues {
  if (!LIMIT_SETTINGS.some((name) => name in flags)) return environment
  const others = Object.entries(environment).filter(
    ([name]) => !LIMIT_SETTINGS.includes(name as SettingName),
  )
  return Object.fromEntries(others)
}

const LIMIT_SETTINGS: readonly SettingName[] = ['noLoginLimit', 'loginAttempts', 'loginWindow']

function refuseContradictions(values: SettingValues, nameOf: (name: SettingName) => string): void {
  const described = (['loginAttempts', 'loginWindow'] as const).find((name) => name in values)
  if ('noLoginLimit' in values && described) {
    throw new RangeError(`${nameOf('noLoginLimit')} and ${nameOf(described)} contradict each other`)
  }
  const aboutUsers = (['locale', 'usersFile'] as const).find((name) => name in values)
  if (aboutUsers && !('users' in values)) {
    throw new RangeError(
      `${nameOf(aboutUsers)} is about users to make up: say how many with ${flagOf('users')}`,
    )
  }
}

function toConfiguration(values: SettingValues): Configuration {
  const configuration: Configuration = {}
  for (const name of PLACED_NAMES) {
    if (values[name] !== undefined) put(configuration, SETTINGS[name].path, values[name])
  }
  const { username, password } = DEMO_USER
  if (configuration.users) configuration.users = [{ username, password, ...configuration.users[0] }]
  return configuration
}

/** Puts a value at a path such as `users[0].username`. */
function put(target: object, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split(/[.[\]]+/)
  const node = target as Record<string, unknown>
  if (rest.length === 0) {
    node[key] = value
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
