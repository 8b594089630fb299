import { type Command, Option } from 'commander'
import { UsageError } from '../errors.js'
import { toValue, valueOn } from './setting.js'
import {
  flagOf,
  MOCK_SETTING_NAMES,
  type SettingName,
  type SettingValues,
  settingOf,
} from './settings.js'
import type { HelpLanguage, Wording } from './wording.js'

/** Help texts of one command that replace those of the settings. */
export type Helps = Partial<Record<SettingName, Wording>>

/** Adds a flag to a command for each setting. */
export function addFlags(
  command: Command,
  names: readonly SettingName[],
  language: HelpLanguage,
  helps: Helps = {},
): Command {
  for (const name of names) {
    const { help, group } = settingOf(name)
    command.addOption(toOption(name, (helps[name] ?? help)[language]).helpGroup(group))
  }
  return command
}

function toOption(name: SettingName, help?: string): Option {
  const setting = settingOf(name)
  const { kind } = setting
  const option = new Option(setting.flag, help)
  if (kind === 'switch') return option
  if (kind === 'list') return option.argParser((text, list: string[] = []) => [...list, text])
  if (kind === 'names')
    return option.argParser((text, names: unknown[] = []) => [names, toValue(setting, text)].flat())
  return option.argParser((text) => toValue(setting, text))
}

/** The settings given on the command line, without defaults. */
export function flagsOf(command: Command, names: readonly SettingName[]): SettingValues {
  const values: SettingValues = {}
  for (const name of names) {
    const attribute = toOption(name).attributeName()
    if (command.getOptionValueSource(attribute) !== 'cli') continue
    const setting = settingOf(name)
    values[name] = setting.kind === 'switch' ? valueOn(setting) : command.getOptionValue(attribute)
  }
  return values
}

/**
 * The settings given before a command's name and after it. A flag after the name wins; lists are
 * joined. Throws a {@link UsageError} for a flag that the command does not have.
 */
export function allFlagsOf(
  program: Command,
  command: Command,
  names: readonly SettingName[],
): SettingValues {
  const before = flagsOf(program, MOCK_SETTING_NAMES)
  const unsupported = MOCK_SETTING_NAMES.find((name) => name in before && !names.includes(name))
  if (unsupported)
    throw new UsageError(`The command ${command.name()} has no option ${flagOf(unsupported)}`)
  const after = flagsOf(command, names)
  const lists = names.filter((name) => settingOf(name).kind === 'list' && name in before)
  const joined = lists.map((name) => [name, [before[name], after[name] ?? []].flat()])
  return { ...before, ...after, ...Object.fromEntries(joined) }
}
