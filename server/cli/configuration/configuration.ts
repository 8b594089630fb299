import { validate, type ZapSignOptions } from '../../../src/internal.js'
import { type ServerOptions, serverOptionsOf, zapsignOptionsOf } from '../../http/options.js'
import {
  isMockSetting,
  MOCK_SETTINGS,
  type SettingName,
  type SettingValues,
} from '../flags/settings.js'
import { refuseSameFile } from '../output/same-file.js'
import { usersOf } from './choose-users.js'
import { combineSettings } from './combine-settings.js'
import type { ConfigFile } from './config-file.js'
import {
  type AllOptions,
  allSchema,
  type CommandOptions,
  commandOptionsOf,
  type FileOptions,
  fileSchema,
  type SharedOptions,
  sharedOptionsOf,
} from './options.js'
import { hasValueAt, settingAt, toOptions } from './options-of-settings.js'

/** Everything that the command works with. */
export interface Configuration
  extends CommandOptions,
    SharedOptions,
    Pick<FileOptions, 'log' | 'outcomes'> {
  /** The options of `createZapSign`. */
  zapsign: ZapSignOptions
  /** The options of the server itself, for `startServer`. */
  server: ServerOptions
  /** The flag, the variable, or the file and its key that a setting came from. */
  nameOf(name: SettingName): string
}

/** Where settings come from. */
export interface Sources {
  flags: SettingValues
  environment: SettingValues
  file?: ConfigFile | undefined
}

/**
 * Combines the sources: flags take precedence over the environment, and the environment over the
 * file. Throws a `TypeError` or a `RangeError` that names the flag, the variable, or the file and
 * its key.
 */
export function configure({ flags, environment, file }: Sources): Configuration {
  const content = contentOf(file)
  const { values, nameOf } = combineSettings(flags, environment)
  const options = toOptions(values, content)
  validate(allSchema, options, (path) => nameOf(settingAt(path)))
  const { log = content.log, outcomes = content.outcomes, fixtures } = options
  refuseSameFile([
    ['the configuration file', file?.name],
    [nameOf('usersFile'), fixtures?.file],
  ])
  const zapsign = { ...zapsignOptionsOf(content), ...zapsignOptionsOf(options) }
  return {
    ...(file && { config: file.name }),
    ...commandOptionsOf(options),
    ...sharedOptionsOf(content),
    ...sharedOptionsOf(options),
    ...(log && { log }),
    ...(outcomes && { outcomes }),
    zapsign: {
      ...zapsign,
      ...usersIn(zapsign, options, { setting: nameOf('organization'), file: file?.name }),
      ...loginLimitOf(content, options),
    },
    server: {
      ...serverOptionsOf(content),
      ...serverOptionsOf(options),
      ...tlsOf(content, options),
      ...routesOf(content, options),
      ...controlOf(content, options),
    },
    nameOf: (name) => {
      const isElsewhere = name in values || !isMockSetting(name) || !file
      if (isElsewhere || !hasValueAt(content, MOCK_SETTINGS[name].path)) return nameOf(name)
      return `${file.name}: ${MOCK_SETTINGS[name].path}`
    },
  }
}

function contentOf(file: ConfigFile | undefined): FileOptions {
  if (!file) return {}
  validate(fileSchema, file.content, (path) => (path ? `${file.name}: ${path}` : file.name))
  return file.content as FileOptions
}

/** Flags and variables replace single values of the file's TLS options; `--tls` alone keeps them. */
function tlsOf({ tls: below }: ServerOptions, { tls: above }: ServerOptions): ServerOptions {
  if (typeof below !== 'object' || !above) return {}
  return { tls: { ...below, ...(above === true ? {} : above) } }
}

/** The modules of flags and variables come before the routes of the file. */
function routesOf(
  { routes: below }: ServerOptions,
  { routes: above }: ServerOptions,
): Pick<ServerOptions, 'routes'> {
  if (below === undefined || above === undefined) return {}
  return { routes: [above, below].flat() }
}

/** Flags and variables replace single values of the file's control options. */
function controlOf(
  { control: below }: ServerOptions,
  { control: above }: ServerOptions,
): Pick<ServerOptions, 'control'> {
  if (typeof below !== 'object' || typeof above !== 'object') return {}
  return { control: { ...below, ...above } }
}

/** An organization that a flag or a variable names is the only one: only its users remain. */
function usersIn(
  { users }: ZapSignOptions,
  { organizations: [organization] = [] }: AllOptions,
  names: { setting: string; file: string | undefined },
): Pick<ZapSignOptions, 'users'> {
  if (!users || !organization) return {}
  return { users: usersOf(users, String(organization.id), names) }
}

/** Flags and variables replace single values of the file's login limit. */
function loginLimitOf(
  { loginLimit: below }: ZapSignOptions,
  { loginLimit: above }: ZapSignOptions,
): Pick<ZapSignOptions, 'loginLimit'> {
  if (!below || !above) return {}
  return { loginLimit: { ...below, ...above } }
}
