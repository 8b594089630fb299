import { DEMO_USER, type ZapSignOptions } from '../../../src/internal.js'
import {
  MOCK_SETTING_NAMES,
  MOCK_SETTINGS,
  type MockSettingName,
  type SettingValues,
} from '../flags/settings.js'
import { chooseUsers } from './choose-users.js'
import type { AllOptions } from './options.js'

/**
 * Puts each setting at its place in the options.
 *
 * @param users The users of the configuration file.
 */
export function toOptions(
  values: SettingValues,
  { users = [DEMO_USER] }: ZapSignOptions,
): AllOptions {
  const options: AllOptions = {}
  for (const name of MOCK_SETTING_NAMES) {
    if (values[name] !== undefined) put(options, MOCK_SETTINGS[name].path, values[name])
  }
  const [given] = options.users ?? []
  return given ? { ...options, users: chooseUsers(given, users) } : options
}

/** Puts a value at a path such as `users[0].username`, unless the path has a value already. */
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

/** Whether options have a value at a path such as `tls.cert`. */
export function hasValueAt(options: unknown, path: string): boolean {
  const [key = '', ...rest] = path.split(/[.[\]]+/)
  if (typeof options !== 'object' || options === null || !Object.hasOwn(options, key)) return false
  return (
    rest.length === 0 ||
    hasValueAt(Object.entries(options).find(([name]) => name === key)?.[1], rest.join('.'))
  )
}

/** The setting that a path in the options belongs to. */
export function settingAt(path: string): MockSettingName {
  const parents = MOCK_SETTING_NAMES.filter((one) => `${path}.`.startsWith(MOCK_SETTINGS[one].path))
  const [name] = parents.sort(
    (one, other) => MOCK_SETTINGS[other].path.length - MOCK_SETTINGS[one].path.length,
  )
  if (!name) throw new Error(`No setting has the path ${path}`)
  return name
}
