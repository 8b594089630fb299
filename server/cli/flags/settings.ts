import { DEFAULT_HOST, DEFAULT_PORT } from '../../http/defaults.js'
import { CONTRACT_SETTINGS } from './contract-settings.js'
import type { Setting } from './setting.js'

/** A setting of the provider or the server, which a configuration has a place for. */
interface PlacedSetting extends Setting {
  /** Where the value goes in a {@link Configuration}. */
  path: string
}

/** What the provider and its server can be told. What the values may be is the schema's to say. */
export const SETTINGS = {
  port: {
    flag: '--port <number>',
    kind: 'number',
    path: 'port',
    group: 'Server:',
    help: `port to listen on; 0 = any free one (default: ${DEFAULT_PORT})`,
  },
  host: {
    flag: '--host <address>',
    kind: 'text',
    path: 'host',
    group: 'Server:',
    help: `address to listen on (default: ${DEFAULT_HOST}, which only this machine can reach)`,
  },
  config: {
    flag: '--config <file>',
    kind: 'text',
    path: 'config',
    group: 'Server:',
    help: 'configuration, JSON or YAML (default: zapsign-mock.config.json, .yaml or .yml in this folder)',
  },
  latency: {
    flag: '--latency <duration>',
    kind: 'text',
    path: 'latency',
    group: 'Server:',
    help: 'hold every reply back so long (default: 0)',
  },
  log: {
    flag: '--log <style>',
    kind: 'text',
    path: 'log',
    group: 'Server:',
    help: 'how requests are reported: pretty, json or silent (default: pretty)',
  },
  json: {
    flag: '--json',
    kind: 'switch',
    path: 'json',
    group: 'Server:',
    help: 'print one line of JSON when ready, for scripts: without passwords, which come from the configuration or --users-file',
  },
  username: {
    flag: '--username <e-mail>',
    kind: 'text',
    path: 'users[0].username',
    group: 'Who can sign in:',
    help: 'the one user who can sign in: of the configuration file, or another (default: dev@example.com.br)',
  },
  password: {
    flag: '--password <password>',
    kind: 'text',
    path: 'users[0].password',
    group: 'Who can sign in:',
    help: "that user's password, or that of the file's first (default: StrongPassword123)",
  },
  organization: {
    flag: '--organization <id>',
    kind: 'text',
    path: 'organizations[0].id',
    group: 'Who can sign in:',
    help: 'the one organization to sign in to (default: any)',
  },
  apiToken: {
    flag: '--api-token <token>',
    kind: 'list',
    path: 'apiTokens',
    group: 'Who can sign in:',
    help: 'static API token that protected pages accept too (repeatable)',
  },
  users: {
    flag: '--users <number>',
    kind: 'number',
    path: 'fixtures.count',
    group: 'Who can sign in:',
    help: 'make up so many more users, and print them',
  },
  locale: {
    flag: '--locale <locale>',
    kind: 'text',
    path: 'fixtures.locale',
    group: 'Who can sign in:',
    help: 'faker locale of the users made up (default: pt_BR)',
  },
  usersFile: {
    flag: '--users-file <file>',
    kind: 'text',
    path: 'fixtures.file',
    group: 'Who can sign in:',
    help: 'write the users made up there, as JSON, instead of printing them',
  },
  signingKey: {
    flag: '--signing-key <secret>',
    kind: 'text',
    path: 'signingKey',
    group: 'Tokens and time:',
    help: 'HS256 key that signs tokens (default: a well-known one)',
  },
  accessLifetime: {
    flag: '--access-lifetime <duration>',
    kind: 'text',
    path: 'accessLifetime',
    group: 'Tokens and time:',
    help: 'how long an access token works (default: 1h)',
  },
  refreshLifetime: {
    flag: '--refresh-lifetime <duration>',
    kind: 'text',
    path: 'refreshLifetime',
    group: 'Tokens and time:',
    help: 'how long a refresh token works (default: 1d)',
  },
  now: {
    flag: '--now <date>',
    kind: 'instant',
    path: 'now',
    group: 'Tokens and time:',
    help: 'stop the clock at this ISO 8601 date, or so many milliseconds after 1970 (default: the system clock)',
  },
  seed: {
    flag: '--seed <seed>',
    kind: 'text',
    path: 'seed',
    group: 'Tokens and time:',
    help: 'make token ids and made-up users repeatable',
  },
  loginAttempts: {
    flag: '--login-attempts <number>',
    kind: 'number',
    path: 'loginLimit.attempts',
    group: 'Refusals:',
    help: 'failed logins before the 400 (default: 5)',
  },
  loginWindow: {
    flag: '--login-window <duration>',
    kind: 'text',
    path: 'loginLimit.window',
    group: 'Refusals:',
    help: 'how long a failed login counts (default: 60s)',
  },
  noLoginLimit: {
    flag: '--no-login-limit',
    kind: 'switch',
    path: 'loginLimit',
    on: false,
    off: {},
    group: 'Refusals:',
    help: 'never answer that logins are too many',
  },
  unauthorizedStatus: {
    flag: '--unauthorized-status <status>',
    kind: 'number',
    path: 'unauthorizedStatus',
    group: 'Refusals:',
    help: 'how protected pages refuse: 401 or 403 (default: 401)',
  },
  language: {
    flag: '--language <language>',
    kind: 'text',
    path: 'language',
    group: 'Refusals:',
    help: 'validation messages: en, pt-br or es (default: en)',
  },
} as const satisfies Record<string, PlacedSetting>

/** The settings that a configuration has a place for. */
export type PlacedName = keyof typeof SETTINGS

export const PLACED_NAMES = Object.keys(SETTINGS) as PlacedName[]

const ALL = { ...SETTINGS, ...CONTRACT_SETTINGS }

export type SettingName = keyof typeof ALL

/** What flags or the environment said, before anybody has checked it. */
export type SettingValues = Partial<Record<SettingName, unknown>>

export const SETTING_NAMES = Object.keys(ALL) as SettingName[]

export function settingOf(name: SettingName): Setting {
  return ALL[name]
}

/** The flag without its argument: `--port`. */
export function flagOf(name: SettingName): string {
  return ALL[name].flag.replace(/ .*/, '')
}

const PREFIX = 'ZAPSIGN_MOCK_'

/** Such as `ZAPSIGN_MOCK_PORT`. */
export function variableOf(name: SettingName): string {
  return PREFIX + flagOf(name).slice(2).replaceAll('-', '_').toUpperCase()
}

/** A text that stands for a number as that number; any other as it is, for the schema to refuse. */
export function toValue(name: SettingName, text: string): unknown {
  const { kind } = ALL[name]
  if (kind === 'names') return text.split(',').map((one) => one.trim())
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  // Fewer digits are rather a date or seconds than milliseconds: the schema refuses them.
  if (kind === 'instant') return /^\d{12,}$/.test(text) ? Number(text) : text
  return text
}

/** The value of a switch that is on. */
export function valueOn(name: SettingName): boolean {
  const { on = true }: Setting = ALL[name]
  return on
}

const ON = ['1', 'true', 'yes', 'on']
const OFF = ['0', 'false', 'no', 'off']

/**
 * The settings of an environment. An empty variable counts as unset. Throws a `TypeError` for a
 * `ZAPSIGN_MOCK_` variable that is not known, a `RangeError` for a switch that is neither on nor off.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): SettingValues {
  const values: SettingValues = {}
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || !text) continue
    const name = SETTING_NAMES.find((known) => variableOf(known) === variable)
    if (!name) throw new TypeError(unknownVariable(variable))
    const value = fromVariable(name, text)
    if (value !== undefined) values[name] = value
  }
  return values
}

function unknownVariable(variable: string): string {
  return `${variable} is not known: the variables are ${SETTING_NAMES.map(variableOf).join(', ')}`
}

function fromVariable(name: SettingName, text: string): unknown {
  const { kind } = ALL[name]
  if (kind === 'list') return text.split(',').map((item) => item.trim())
  if (kind !== 'switch') return toValue(name, text)
  if (ON.includes(text.toLowerCase())) return valueOn(name)
  if (OFF.includes(text.toLowerCase())) return settingOf(name).off
  throw new RangeError(
    `${variableOf(name)} must be one of ${[...ON, ...OFF].join(', ')}, got "${text}"`,
  )
}
