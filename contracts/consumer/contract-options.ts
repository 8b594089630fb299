import * as v from 'valibot'
import {
  callable,
  check,
  consumerName,
  filled,
  flag,
  objectOf,
  promiseNames,
  type SchemasOf,
  wholeNumber,
} from '../options.js'
import { OBTAIN_PROMISES, PROMISE_NAMES, type PromiseName } from '../promises.js'
import { dir } from './check-options.js'

/** Options of `runContract`. */
export interface RunContractOptions {
  /** The client's name in the pact. */
  consumer: string
  /**
   * The folder of the pact.
   * @default 'pacts'
   */
  dir?: string
  /**
   * The promises that the client must keep. `'all'` asks for every promise, and removes promises of
   * earlier runs from the pact.
   * @default ['authenticated', 'invalidCredentials', 'rateLimited']
   */
  promises?: 'all' | readonly PromiseName[]
  /**
   * The port of the recording server. 0 is any free port.
   * @default 0
   */
  port?: number
  /**
   * The address of the recording server.
   * @default '127.0.0.1', which only this machine can call
   */
  host?: string
  /**
   * Whether requests that no promise is about fail the run.
   * @default false
   */
  failOnOther?: boolean
  /**
   * Whether promises of earlier runs are removed from the pact when this run fails.
   * @default false
   */
  removeStalePact?: boolean
  /** Runs the client with additional environment variables, and resolves to its exit code. */
  run(environment: Readonly<Record<string, string>>): Promise<number>
}

/** The schemas of the options that the command has, too. */
export const contractEntries = {
  consumer: consumerName,
  dir,
  promises: v.optional(promiseNames, OBTAIN_PROMISES),
  port: v.optional(wholeNumber(0, 65_535), 0),
  host: v.optional(filled('an address or a host name'), '127.0.0.1'),
  failOnOther: flag,
  removeStalePact: flag,
} satisfies SchemasOf<Omit<RunContractOptions, 'run'>>

const schema = objectOf({
  ...contractEntries,
  run: callable<RunContractOptions['run']>('a function that resolves to an exit code'),
} satisfies SchemasOf<RunContractOptions>)

/** Options with their defaults. Throws a `TypeError` or a `RangeError`. */
export function checkContractOptions(options: RunContractOptions) {
  const { promises, ...rest } = check(schema, options)
  const isAll = promises === 'all'
  return { ...rest, replaces: isAll, asked: isAll ? PROMISE_NAMES : promises }
}

/** Options that have been checked, with their defaults. */
export type ContractPlan = ReturnType<typeof checkContractOptions>
