import { setTimeout as wait } from 'node:timers/promises'
import { verifyCases, verifyLines, verifyWith } from '../../../contracts/internal.js'
import { usage } from '../errors.js'
import { createPrinter } from '../output/print.js'
import { printLines } from '../output/print-lines.js'
import { refuseSameFile } from '../output/same-file.js'
import { writeReports } from '../output/write-reports.js'
import type { VerifyCommandOptions } from './verify-options.js'

/** Verifies the built-in mock, or a provider at a URL, against pacts. Resolves to the exit code. */
export async function verify(
  { options, junit, report: file }: VerifyCommandOptions,
  others: readonly string[],
): Promise<number> {
  const pacts = (options.pacts ?? []).map((pact) => ['a pact', pact] as const)
  usage(() => refuseSameFile([...pacts, ['--junit', junit], ['--report', file]]))
  const durations = new WeakMap()
  const started = performance.now()
  const report = await verifyWith(options, { wait, durations })
  const duration = performance.now() - started
  const printer = createPrinter(process.stdout)
  printLines(verifyLines(report), printer)
  printLines(
    others.map((other) => ({ mark: 'skipped', text: `${other} is not a pact`, details: [] })),
    printer,
  )
  const { kept, interactions, unpublished, publishError } = report
  if (interactions.every(({ result, pending }) => result === 'notChecked' && !pending))
    printer.print('Nothing was checked.')
  const suite = `ZapSign at ${options.baseUrl ?? 'the built-in mock'}`
  writeReports(
    { junit, report: file },
    { suite, cases: verifyCases(report, durations), data: report, duration },
  )
  return kept && !unpublished && publishError === undefined ? 0 : 1
}
