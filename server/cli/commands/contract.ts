import { basename } from 'node:path'
import * as v from 'valibot'
import {
  consumerName,
  contractCases,
  contractLines,
  finishContract,
  judgeRun,
  type PactOutcome,
  pactFileOf,
  planContract,
  toReport,
} from '../../../contracts/internal.js'
import { DEFAULT_HOST } from '../../http/options.js'
import { UsageError, usage } from '../errors.js'
import type { Child } from '../flags/invocation.js'
import { createPrinter, type Printer } from '../output/print.js'
import { printLines } from '../output/print-lines.js'
import { refuseSameFile } from '../output/same-file.js'
import { writeReports } from '../output/write-reports.js'
import { answerOthers } from './answer-others.js'
import { explainListenError } from './cannot-listen.js'
import { runChild } from './child.js'
import type { ContractOptions } from './contract-options.js'

/**
 * Runs a client in any language against the promises. Prints the results to stderr, since stdout belongs
 * to the client.
 */
export async function contract(options: ContractOptions, child: Child): Promise<number> {
  const {
    consumer = folderName(),
    pactDir: dir,
    junit,
    report,
    intercept,
    routes,
    ...rest
  } = options
  const printer = createPrinter(process.stderr)
  const run = runner(child, { ...rest, intercept }, printer)
  const plan = planContract({ ...rest, consumer, dir, run })
  usage(() =>
    refuseSameFile([
      ['the pact', pactFileOf(plan)],
      ['--junit', junit],
      ['--report', report],
    ]),
  )
  const others = await answerOthers(routes)
  const judged = await judgeRun(plan, others)
    .catch((error) => {
      throw explainListenError(error, plan)
    })
    .finally(() => others?.close())
  const { kept, exitCode, duration } = judged
  printLines(contractLines(judged), printer)
  const finished = attempt(() => finishContract(plan, judged))
  for (const line of pactLines(finished.value)) printer.print(line)
  const data = { ...toReport(judged), ...finished.value }
  const suite = `${consumer} with ZapSign`
  writeReports({ junit, report }, { suite, cases: contractCases(judged), data, duration })
  if (finished.error) throw finished.error
  return kept ? 0 : exitCode || 1
}

/** Runs the client. If the user chose a port or host, first prints where the recording server listens. */
function runner(
  child: Child,
  { port, host, intercept }: Pick<ContractOptions, 'port' | 'host' | 'intercept'>,
  printer: Printer,
) {
  return async (environment: Readonly<Record<string, string>>) => {
    const { ZAPSIGN_BASE_URL: url = '' } = environment
    if (port !== 0 || host !== DEFAULT_HOST)
      printer.print(`The recording server listens on ${host} and is called at ${url}`)
    if (!intercept) return runChild(child, environment)
    const { runIntercepted } = await import('./run-intercepted.js')
    return runIntercepted(child, { to: url, environment, printer })
  }
}

/** A pact that cannot be written must not keep the reports from being written. */
function attempt<T>(run: () => T): { value?: T; error?: unknown } {
  try {
    return { value: run() }
  } catch (error) {
    return { error }
  }
}

function pactLines({ pactFile, stalePactFile, removedPactFile }: PactOutcome = {}): string[] {
  if (pactFile) return [`The pact: ${pactFile}`]
  if (removedPactFile) return [`Removed the promises of earlier runs from ${removedPactFile}.`]
  if (!stalePactFile) return []
  return [
    `${stalePactFile} is the pact of an earlier run, and was not changed. Delete it, or run again with --remove-stale-pact.`,
  ]
}

/** The name of the current folder. Throws a {@link UsageError} where a client cannot have that name. */
function folderName(): string {
  const name = basename(process.cwd())
  if (v.is(consumerName, name)) return name
  throw new UsageError(
    `The name of this folder, ${JSON.stringify(name)}, cannot be the name of the consumer: set one with --consumer`,
  )
}
