import { CONTRACT_SETTINGS } from './contract-settings.js'
import { SERVER_SETTINGS } from './server-settings.js'
import type { Setting } from './setting.js'
import { ZAPSIGN_SETTINGS } from './zapsign-settings.js'

/** The settings of the mock. The others belong to the commands `contract` and `verify`. */
export const MOCK_SETTINGS = { ...SERVER_SETTINGS, ...ZAPSIGN_SETTINGS }

export type MockSettingName = keyof typeof MOCK_SETTINGS

export const MOCK_SETTING_NAMES = Object.keys(MOCK_SETTINGS) as MockSettingName[]

/** Whether a setting has a place in the options of the mock. */
export function isMockSetting(name: SettingName): name is MockSettingName {
  return Object.hasOwn(MOCK_SETTINGS, name)
}

const SETTINGS = { ...MOCK_SETTINGS, ...CONTRACT_SETTINGS }

export type SettingName = keyof typeof SETTINGS

/** Values from flags or from the environment, not validated yet. */
export type SettingValues = Partial<Record<SettingName, unknown>>

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

/** The row of a setting in its table. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name]
}

/** The flag without its argument: `--port`. */
export function flagOf(name: SettingName): string {
  return SETTINGS[name].flag.replace(/ .*/, '')
}

/** Every variable of the command starts so. */
export const PREFIX = 'ZAPSIGN_MOCK_'

/** Such as `ZAPSIGN_MOCK_PORT`. */
export function variableOf(name: SettingName): string {
  return settingOf(name).variable ?? prefixedVariableOf(name)
}

function prefixedVariableOf(name: SettingName): string {
  return PREFIX + flagOf(name).slice(2).replaceAll('-', '_').toUpperCase()
}

/** The setting that an environment variable gives. */
export function settingOfVariable(variable: string): SettingName | undefined {
  return SETTING_NAMES.find((name) =>
    [variableOf(name), prefixedVariableOf(name)].includes(variable),
  )
}
