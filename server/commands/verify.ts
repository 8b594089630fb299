import { verifyCases, verifyLines, verifyProvider } from '../../contracts/index.js'
import { createZapSign } from '../../src/index.js'
import type { ContractOptions } from '../contract-options.js'
import { findPactFiles } from '../pact-files.js'
import { createPrinter } from '../print.js'
import { printLines } from '../print-lines.js'
import { writeReports } from '../write-reports.js'

/** Verifies the built-in mock, or a provider at a URL, against pacts. */
export async function verify(options: ContractOptions, named: readonly string[]): Promise<number> {
  const { junit, report: file, consumer, pactDir, promises, ...verifying } = options
  const report = await verifyProvider({
    ...verifying,
    pacts: findPactFiles(named, process.cwd()),
    ...(options.baseUrl === undefined && { zapsign: createZapSign({ warnings: false }) }),
  })
  const printer = createPrinter(process.stdout)
  printLines(verifyLines(report), printer)
  if (report.interactions.every(({ result }) => result === 'notChecked'))
    printer.print('Nothing was checked.')
  const suite = `ZapSign at ${options.baseUrl ?? 'the built-in mock'}`
  writeReports({ junit, report: file }, { suite, cases: verifyCases(report), data: report })
  return report.kept ? 0 : 1
}
