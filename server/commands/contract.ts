import { basename } from 'node:path'
import { contractCases, contractLines, runContract } from '../../contracts/index.js'
import type { Child } from '../arguments.js'
import { runChild } from '../child.js'
import type { ContractOptions } from '../contract-options.js'
import { createPrinter } from '../print.js'
import { printLines } from '../print-lines.js'
import { writeReports } from '../write-reports.js'

/**
 * Runs a client in any language against the promises. What this command itself has to say goes to
 * stderr, so that the client's output stays its own.
 */
export async function contract(options: ContractOptions, child: Child): Promise<number> {
  const { consumer = basename(process.cwd()), pactDir } = options
  const { pactFile, ...report } = await runContract({
    consumer,
    dir: pactDir,
    // The names are checked there.
    promises: options.promises as never,
    run: (environment) => runChild(child, environment),
  })
  const printer = createPrinter(process.stderr)
  printLines(contractLines(report), printer)
  if (pactFile !== undefined) printer.print(`The pact: ${pactFile}`)
  const suite = `${consumer} with ZapSign`
  writeReports(options, { suite, cases: contractCases(report), data: report })
  return report.kept ? 0 : report.exitCode || 1
}
