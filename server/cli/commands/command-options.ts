import type * as v from 'valibot'
import { validate } from '../../../src/internal.js'
import { flagOf, type SettingName, type SettingValues, variableOf } from '../flags/settings.js'

/** Where the options of a command come from. */
export interface Sources {
  flags: SettingValues
  environment: SettingValues
}

/**
 * Takes the options of a command from flags and environment. A flag wins. Throws a `TypeError` or a
 * `RangeError` that names the flag or the variable.
 *
 * @param names The settings of the command.
 */
export function commandOptions<const S extends v.GenericSchema>(
  schema: S,
  names: readonly SettingName[],
  { flags, environment }: Sources,
): v.InferOutput<S> {
  const all = { ...environment, ...flags }
  const values = Object.fromEntries(
    names.filter((name) => name in all).map((name) => [name, all[name]]),
  )
  const nameOf = (name: SettingName) => (name in flags ? flagOf(name) : variableOf(name))
  const nameOfPlace = (path: string) => nameOf(path.replace(/\[.*/, '') as SettingName)
  return validate(schema, values, nameOfPlace)
}
