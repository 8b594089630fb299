import { type Command, Option } from 'commander'
import { UsageError } from '../errors.js'
import {
  flagOf,
  PLACED_NAMES,
  type SettingName,
  type SettingValues,
  settingOf,
  toValue,
  valueOn,
} from './settings.js'

/** Help that differs from a setting's own. */
export type Helps = Partial<Record<SettingName, string>>

/** Lets a command be told settings by flags. */
export function addSettings(
  command: Command,
  names: readonly SettingName[],
  helps: Helps = {},
): Command {
  for (const name of names) command.addOption(toOption(name, helps[name]))
  return command
}

function toOption(name: SettingName, ownHelp?: string): Option {
  const { flag, help, kind, group } = settingOf(name)
  const option = new Option(flag, ownHelp ?? help).helpGroup(group)
  if (kind === 'list') return option.argParser((text, list: string[] = []) => [...list, text])
  if (kind === 'names')
    return option.argParser((text, names: unknown[] = []) => [names, toValue(name, text)].flat())
  return kind === 'switch' ? option : option.argParser((text) => toValue(name, text))
}

/** What was said on the command line, and nothing that was not. */
export function flagsOf(command: Command, names: readonly SettingName[]): SettingValues {
  const values: SettingValues = {}
  for (const name of names) {
    const attribute = toOption(name).attributeName()
    if (command.getOptionValueSource(attribute) !== 'cli') continue
    values[name] =
      settingOf(name).kind === 'switch' ? valueOn(name) : command.getOptionValue(attribute)
  }
  return values
}

/**
 * What was said before a command's name and after it, which wins; lists are put together. Throws a
 * {@link UsageError} for what says nothing to the command.
 */
export function allFlagsOf(
  program: Command,
  command: Command,
  names: readonly SettingName[],
): SettingValues {
  const before = flagsOf(program, PLACED_NAMES)
  const stranger = PLACED_NAMES.find((name) => name in before && !names.includes(name))
  if (stranger) throw new UsageError(`${flagOf(stranger)} says nothing to ${command.name()}`)
  const after = flagsOf(command, names)
  const lists = names.filter((name) => settingOf(name).kind === 'list' && name in before)
  const joined = lists.map((name) => [name, [before[name], after[name] ?? []].flat()])
  return { ...before, ...after, ...Object.fromEntries(joined) }
}
