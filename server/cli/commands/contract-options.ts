import * as v from 'valibot'
import { contractEntries, text } from '../../../contracts/internal.js'
import { objectOf } from '../../../src/internal.js'
import { routesOption } from '../../routes/options.js'
import { FOR_CONTRACT } from '../flags/contract-settings.js'
import { commandOptions, type Sources } from './command-options.js'

const { dir, consumer, ...entries } = contractEntries

const schema = objectOf({
  ...entries,
  consumer: v.optional(consumer),
  pactDir: dir,
  intercept: v.optional(v.boolean()),
  routes: routesOption,
  junit: text('the name of a file'),
  report: text('the name of a file'),
})

/** The options of `contract`. */
export type ContractOptions = v.InferOutput<typeof schema>

/** Throws what {@link commandOptions} throws. */
export function contractOptions({ flags, environment }: Sources): ContractOptions {
  // In the environment, these are for the mock that keeps running.
  const { port, host, ...own } = environment
  return commandOptions(schema, FOR_CONTRACT, { flags: withAll(flags), environment: withAll(own) })
}

/** `all` means every promise, also when other names are given. */
function withAll(values: Sources['flags']): Sources['flags'] {
  const { promises } = values
  return Array.isArray(promises) && promises.includes('all')
    ? { ...values, promises: 'all' }
    : values
}
