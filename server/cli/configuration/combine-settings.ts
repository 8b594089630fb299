import { flagOf, type SettingName, type SettingValues, variableOf } from '../flags/settings.js'

/** Settings from flags and environment, with the name under which each was given. */
export interface CombinedSettings {
  values: SettingValues
  /** The flag or the variable that a setting came from; the flag for a setting that is not there. */
  nameOf(name: SettingName): string
}

/** Combines flags with the environment; flags take precedence. Throws a `RangeError` for settings that contradict each other. */
export function combineSettings(
  flags: SettingValues,
  environment: SettingValues,
): CombinedSettings {
  const isVariable = (name: SettingName) => name in environment && !(name in flags)
  const nameOf = (name: SettingName) => (isVariable(name) ? variableOf(name) : flagOf(name))
  const values = { ...withoutOverruled(environment, flags), ...flags }
  refuseContradictions(values, nameOf)
  refuseUseless(flags, values)
  return { values: 'users' in values ? values : without(values, ABOUT_GENERATED_USERS), nameOf }
}

/** The settings of the environment that a flag overrules. */
const OVERRULED: Readonly<Partial<Record<SettingName, readonly SettingName[]>>> = {
  noLoginLimit: ['loginAttempts', 'loginWindow'],
  loginAttempts: ['noLoginLimit'],
  loginWindow: ['noLoginLimit'],
  control: ['controlToken', 'controlHost'],
  controlToken: ['control'],
  controlHost: ['control'],
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
  for (const [off, others] of TURNED_OFF) {
    const described = others.find((name) => name in values)
    if (values[off] === false && described)
      throw new RangeError(`Cannot combine ${nameOf(off)} with ${nameOf(described)}`)
  }
}

/** Settings that turn something off, and the settings that describe it. */
const TURNED_OFF = [
  ['noLoginLimit', ['loginAttempts', 'loginWindow']],
  ['control', ['controlToken', 'controlHost']],
] as const

const ABOUT_GENERATED_USERS = ['locale', 'usersFile'] as const

/** A variable may be meant for another call of the command; a flag is meant for this one. */
function refuseUseless(flags: SettingValues, values: SettingValues): void {
  const useless = ABOUT_GENERATED_USERS.find((name) => name in flags && !('users' in values))
  if (useless) {
    throw new RangeError(
      `${flagOf(useless)} needs ${flagOf('users')}, the number of users to generate`,
    )
  }
}
