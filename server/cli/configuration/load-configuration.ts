import { UsageError, usage } from '../errors.js'
import { readEnvironment } from '../flags/environment.js'
import { flagOf, type SettingValues } from '../flags/settings.js'
import { readConfigFile } from './config-file.js'
import { type Configuration, configure } from './configuration.js'

/** The parts of a process that the configuration comes from. */
export interface ProcessContext {
  environment: Readonly<Record<string, string | undefined>>
  /** The current folder. */
  folder: string
}

/** Reads the environment and the configuration file, and combines them with the flags. Throws a {@link UsageError}. */
export async function loadConfiguration(
  flags: SettingValues,
  { environment, folder }: ProcessContext,
): Promise<Configuration> {
  const variables = usage(() => readEnvironment(environment))
  const named = flags.config ?? variables.config
  if (named === '') throw new UsageError(`${flagOf('config')} must be the name of a file, got ""`)
  const file = await readConfigFile(named as string | undefined, folder)
  return usage(() => configure({ flags, environment: variables, file }))
}
