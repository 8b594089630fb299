import { show } from '../../../src/internal.js'
import { mostSimilar } from './most-similar.js'
import { isServiceLink } from './service-links.js'
import { itemsOf, toValue, valueOn } from './setting.js'
import {
  PREFIX,
  SETTING_NAMES,
  type SettingName,
  type SettingValues,
  settingOf,
  settingOfVariable,
  variableOf,
} from './settings.js'

/**
 * The settings in an environment. An empty variable counts as unset, and so does one that Kubernetes or
 * Docker sets for a service with this name. Throws a `TypeError` for any other unknown `ZAPSIGN_MOCK_`
 * variable, and a `RangeError` for a switch that is neither on nor off.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): SettingValues {
  const values: SettingValues = {}
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('ZAPSIGN_') || !text || isServiceLink(variable, text)) continue
    const name = settingOfVariable(variable)
    if (!name && !variable.startsWith(PREFIX)) continue
    if (!name) throw new TypeError(unknownVariable(variable))
    const value = parseVariable(name, text)
    if (value !== undefined) values[name] = value
  }
  return values
}

function unknownVariable(variable: string): string {
  const known = SETTING_NAMES.map(variableOf)
  const similar = mostSimilar(variable, known)
  if (similar) return `Unknown environment variable ${variable} (Did you mean ${similar}?)`
  return `Unknown environment variable ${variable}: the known ones are ${known.join(', ')}`
}

const ON = ['1', 'true', 'yes', 'on']
const OFF = ['0', 'false', 'no', 'off']

function parseVariable(name: SettingName, text: string): unknown {
  const setting = settingOf(name)
  if (setting.kind === 'list') return itemsOf(text, setting.separator)
  if (setting.kind !== 'switch') return toValue(setting, text)
  if (ON.includes(text.toLowerCase())) return valueOn(setting)
  if (OFF.includes(text.toLowerCase())) return setting.off
  throw new RangeError(
    `${variableOf(name)} must be one of ${[...ON, ...OFF].join(', ')}, got ${show(text)}`,
  )
}
