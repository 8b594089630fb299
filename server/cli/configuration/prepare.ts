import { UsageError, usage } from '../errors.js'
import { flagOf, readEnvironment, type SettingValues } from '../flags/settings.js'
import { readConfigFile } from './config-file.js'
import { type Configuration, configure } from './configuration.js'

/** What the process around a command gives it. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>
  /** The current folder. */
  folder: string
}

/** Reads environment and configuration file, and puts them under the flags. Throws a {@link UsageError}. */
export async function prepare(
  flags: SettingValues,
  { environment, folder }: Surroundings,
): Promise<Configuration> {
  const variables = usage(() => readEnvironment(environment))
  const named = flags.config ?? variables.config
  if (named === '') throw new UsageError(`${flagOf('config')} must be the name of a file, got ""`)
  const file = await readConfigFile(named as string | undefined, folder)
  return usage(() => configure({ flags, environment: variables, file }))
}
