import { checkPactPlace, findStalePact, removePromises, savePact } from '../pact/save-pact.js'
import { PROMISE_NAMES } from '../promises.js'
import type { OtherRequest, PromiseResult, UnexpectedRequest } from '../results.js'
import {
  type ContractPlan,
  checkContractOptions,
  type RunContractOptions,
} from './contract-options.js'
import { environmentFor } from './environment.js'
import { judge, type Verdict } from './judge.js'
import { type RecordingOptions, withRecordingServer } from './recording-server.js'

/** The result of a run, as `--report` writes it. */
export interface ContractReport {
  consumer: string
  /** Whether the client succeeded and kept every promise that was asked for or that it used. */
  kept: boolean
  /** The exit code of the client. */
  exitCode: number
  /** The promises that were asked for or used. */
  promises: PromiseResult[]
  /** What could not be read as a request: each kind once, at most 100. It fails the run. */
  unexpected: UnexpectedRequest[]
  /** Requests that no promise is about: each kind once, at most 100. They fail the run only on demand. */
  other: OtherRequest[]
  /** The pact, which is written when the run is kept. */
  pactFile?: string
  /** The pact of an earlier run, which is still there after a run that failed. */
  stalePactFile?: string
  /** The pact of an earlier run, from which a run that failed removed the promises. */
  removedPactFile?: string
}

/** The result of a run, with everything that its output needs. */
export interface Judged extends Verdict, Pick<ContractReport, 'consumer' | 'kept' | 'exitCode'> {
  /** How often a browser asked for permission (CORS). */
  preflights: number
  /** Whether other requests fail the run. */
  failOnOther: boolean
  /** Milliseconds. */
  duration: number
}

/** More kinds of requests would not help anybody. */
const MOST_LISTED = 100

/** A result as the report has it. */
export function toReport({
  consumer,
  kept,
  exitCode,
  promises,
  unexpected,
  other,
}: Judged): ContractReport {
  return {
    consumer,
    kept,
    exitCode,
    promises,
    unexpected: unexpected.slice(0, MOST_LISTED).map(({ requests, ...one }) => one),
    other: other.slice(0, MOST_LISTED).map(({ requests, ...one }) => one),
  }
}

/**
 * Runs a client in any language against a recording server with every promise. The credentials and
 * tokens in the client's environment tell the promises apart.
 *
 * @throws as `checkClient` does
 * @example
 * import { spawn } from 'node:child_process'
 * import { once } from 'node:events'
 * import { runContract } from 'zapsign-mock/contracts'
 *
 * const { kept, pactFile } = await runContract({
 *   consumer: 'billing',
 *   async run(environment) {
 *     const client = spawn('python3', ['client.py'], { env: { ...process.env, ...environment } })
 *     const [exitCode] = await once(client, 'exit')
 *     return exitCode ?? 1
 *   },
 * })
 */
export async function runContract(options: RunContractOptions): Promise<ContractReport> {
  const plan = planContract(options)
  const judged = await judgeRun(plan)
  return { ...toReport(judged), ...finishContract(plan, judged) }
}

/** Checks the options, and the place of the pact before the client is run. */
export function planContract(options: RunContractOptions): ContractPlan {
  const plan = checkContractOptions(options)
  checkPactPlace(plan)
  return plan
}

/** What a run did with the pact. At most one of the files is set. */
export type PactOutcome = Pick<ContractReport, 'pactFile' | 'stalePactFile' | 'removedPactFile'>

/** Writes the pact of a run that is kept. Otherwise finds the one of an earlier run, or removes it. */
export function finishContract(
  plan: ContractPlan,
  { kept, promises }: Pick<Judged, 'kept' | 'promises'>,
): PactOutcome {
  if (kept) return { pactFile: savePact({ ...plan, promises }) }
  const stalePactFile = findStalePact(plan)
  if (stalePactFile === undefined) return {}
  if (!plan.removeStalePact) return { stalePactFile }
  removePromises(plan)
  return { removedPactFile: stalePactFile }
}

/**
 * Runs a client as {@link runContract} does, and leaves the pact alone.
 *
 * @param others Who answers the requests that no promise is about, and the key of the client's tokens.
 */
export async function judgeRun(
  plan: ContractPlan,
  others: Pick<RecordingOptions, 'signingKey' | 'onOther'> = {},
): Promise<Judged> {
  const { consumer, asked, run, port, host, failOnOther } = plan
  const options = { ...others, promises: PROMISE_NAMES, asked, address: { port, host } }
  return withRecordingServer(options, async (recording) => {
    const started = performance.now()
    const exitCode = await run(environmentFor(recording))
    await recording.settle()
    const verdict = judge(recording.requests(), recording.refused)
    const promises = verdict.promises.filter(
      ({ name, result }) => asked.includes(name) || result !== 'neverExercised',
    )
    const kept =
      exitCode === 0 &&
      verdict.unexpected.length === 0 &&
      !(failOnOther && verdict.other.length > 0) &&
      promises.every(({ result }) => result === 'kept')
    return {
      ...verdict,
      consumer,
      kept,
      exitCode,
      promises,
      failOnOther,
      preflights: recording.preflights(),
      duration: performance.now() - started,
    }
  })
}
