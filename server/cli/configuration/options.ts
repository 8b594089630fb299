import * as v from 'valibot'
import {
  OUTCOME_NAMES,
  objectOf,
  optionEntries,
  wholeNumber,
  type ZapSignOptions,
} from '../../../src/internal.js'
import {
  pick,
  type SchemasOf,
  type ServerOptions,
  type StoreOptions,
  serverEntries,
  storeEntries,
  text,
} from '../../http/options.js'

import { readStartOutcome } from './start-outcome.js'

const LOG_STYLES = ['pretty', 'json', 'silent'] as const

/** How requests are logged. */
export type LogStyle = (typeof LOG_STYLES)[number]

/**
 * The content of a configuration file: the options of `createZapSign` and of the server, and `log`. The
 * file `server/config-schema.json` describes them for editors.
 */
export interface FileOptions extends ServerOptions, ZapSignOptions, StoreOptions, ProcessOptions {
  /** The address of the JSON schema `zapsign-mock/config-schema.json`, for editors. @default no schema */
  $schema?: string
  /** @default 'pretty' on a terminal and 'json' elsewhere; 'silent' for the command `run` */
  log?: LogStyle
  /** Outcomes to force on the first requests: `serverError`, or `serverError:3` for three. @default none */
  outcomes?: readonly string[]
}

/** How many processes answer. */
interface ProcessOptions {
  /** The number of processes that answer on one port. They need a `store`. @default one process, without workers */
  workers?: number
}

/** The options of a mock whose state is shared, or that has several processes. */
export type SharedOptions = StoreOptions & ProcessOptions

/** The options that only flags and the environment have. */
export interface CommandOptions {
  /** The configuration file's name. */
  config?: string
  /** Users to generate. */
  fixtures?: { count?: number; locale?: string; file?: string }
  json?: boolean
  /** Answers a program's calls to the documented hosts. */
  intercept?: boolean
  /** Ends the mock when its parent process ends. */
  parentWatch?: boolean
  /** Reads the configuration file again when it changes. */
  watch?: boolean
}

/** All options of the command in one object. */
export interface AllOptions extends FileOptions, CommandOptions {}

const OUTCOME_FORMS = `an outcome, or an outcome and a number of requests such as "serverError:3". The outcomes are ${OUTCOME_NAMES.join(', ')}`

const startOutcome = v.pipe(
  v.string(OUTCOME_FORMS),
  v.check((text) => readStartOutcome(text) !== undefined, OUTCOME_FORMS),
)

/** More processes do not help on any machine that runs tests. */
const MOST_WORKERS = 64

const sharedEntries = {
  ...storeEntries,
  workers: v.optional(wholeNumber(1, MOST_WORKERS)),
} satisfies SchemasOf<SharedOptions>

const fileEntries = {
  ...serverEntries,
  ...optionEntries,
  ...sharedEntries,
  log: v.optional(v.picklist(LOG_STYLES, `one of ${LOG_STYLES.join(', ')}`)),
  outcomes: v.optional(v.array(startOutcome, OUTCOME_FORMS)),
  $schema: v.optional(v.string('the address of a JSON schema')),
} satisfies SchemasOf<FileOptions>

/** The schema of {@link FileOptions}. */
export const fileSchema = objectOf(fileEntries)

/** More users take minutes to generate. */
const MOST_USERS = 10_000

const commandEntries = {
  config: text('the name of a file'),
  fixtures: v.optional(
    objectOf({
      count: v.optional(wholeNumber(1, MOST_USERS)),
      locale: text('a locale of faker, such as pt_BR'),
      file: text('the name of a file'),
    }),
  ),
  json: v.optional(v.boolean()),
  intercept: v.optional(v.boolean()),
  parentWatch: v.optional(v.boolean()),
  watch: v.optional(v.boolean()),
} satisfies SchemasOf<CommandOptions>

/** The schema of {@link AllOptions}. */
export const allSchema = objectOf({
  ...fileEntries,
  ...commandEntries,
} satisfies SchemasOf<AllOptions>)

/** The options that only flags and the environment have. */
export function commandOptionsOf(options: CommandOptions): CommandOptions {
  return pick<CommandOptions>(options, commandEntries)
}

/** The options of a mock whose state is shared, or that has several processes. */
export function sharedOptionsOf(options: SharedOptions): SharedOptions {
  return pick<SharedOptions>(options, sharedEntries)
}
