import { verifyCases, verifyLines, verifyProvider } from '../../../contracts/internal.js'
import { createZapSign } from '../../../src/index.js'
import { UsageError, usage } from '../errors.js'
import { createPrinter } from '../output/print.js'
import { printLines } from '../output/print-lines.js'
import { refuseSameFile } from '../output/same-file.js'
import { writeReports } from '../output/write-reports.js'
import { findPactFiles } from './pact-files.js'
import type { VerifyCommandOptions } from './verify-options.js'

/** Verifies the built-in mock, or a provider at a URL, against pacts. */
export async function verify(
  options: VerifyCommandOptions,
  named: readonly string[],
): Promise<number> {
  const { junit, report: file, ...rest } = options
  const { organization, username, password, ...verifying } = rest
  if (password !== undefined && password === options.wrongPassword)
    throw new UsageError('--wrong-password must be another than --password')
  const pacts = findPactFiles(named, process.cwd())
  usage(() =>
    refuseSameFile([
      ...pacts.map((pact) => ['a pact', pact] as const),
      ['--junit', junit],
      ['--report', file],
    ]),
  )
  const report = await verifyProvider({
    ...verifying,
    ...(named.length > 0 && { pacts }),
    // In the environment, credentials may be for the mock as a server.
    ...(options.baseUrl === undefined
      ? { zapsign: createZapSign({ warnings: false }) }
      : { organization, username, password }),
  })
  const printer = createPrinter(process.stdout)
  printLines(verifyLines(report), printer)
  if (report.interactions.every(({ result }) => result === 'notChecked'))
    printer.print('Nothing was checked.')
  const suite = `ZapSign at ${options.baseUrl ?? 'the built-in mock'}`
  writeReports({ junit, report: file }, { suite, cases: verifyCases(report), data: report })
  return report.kept && report.publishError === undefined ? 0 : 1
}
