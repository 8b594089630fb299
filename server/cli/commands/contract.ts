import { basename } from 'node:path'
import * as v from 'valibot'
import {
  consumerName,
  contractCases,
  contractLines,
  judgeRun,
  savePact,
  toReport,
} from '../../../contracts/internal.js'
import { UsageError } from '../errors.js'
import type { Child } from '../flags/invocation.js'
import { createPrinter } from '../output/print.js'
import { printLines } from '../output/print-lines.js'
import { writeReports } from '../output/write-reports.js'
import { runChild } from './child.js'
import type { ContractOptions } from './contract-options.js'

/**
 * Runs a client in any language against the promises. What this command itself has to say goes to
 * stderr, so that the client's output stays its own.
 */
export async function contract(options: ContractOptions, child: Child): Promise<number> {
  const { pactDir = 'pacts' } = options
  const judged = await judgeRun({
    consumer: options.consumer ?? folderName(),
    ...(options.promises && { promises: options.promises }),
    run: (environment) => runChild(child, environment),
  })
  const { consumer, kept, exitCode } = judged
  const printer = createPrinter(process.stderr)
  printLines(contractLines(judged), printer)
  const suite = `${consumer} with ZapSign`
  writeReports(options, { suite, cases: contractCases(judged), data: toReport(judged) })
  if (kept) printer.print(`The pact: ${savePact({ dir: pactDir, ...judged })}`)
  return kept ? 0 : exitCode || 1
}

/** The name of the current folder. Throws a {@link UsageError} where a client cannot have that name. */
function folderName(): string {
  const name = basename(process.cwd())
  if (v.is(consumerName, name)) return name
  throw new UsageError(
    `The name of this folder, ${JSON.stringify(name)}, cannot be the name of the consumer: set one with --consumer`,
  )
}
