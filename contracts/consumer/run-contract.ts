import * as v from 'valibot'
import {
  callable,
  check,
  consumerName,
  objectOf,
  promiseNames,
  type SchemasOf,
} from '../options.js'
import { checkPactPlace, savePact } from '../pact/save-pact.js'
import { LITERALS, OBTAIN_PROMISES, PROMISE_NAMES, type PromiseName } from '../promises.js'
import type { CountedRequest, PromiseResult, UnexpectedRequest } from '../results.js'
import { dir } from './check-options.js'
import { judge } from './judge.js'
import { withRecordingServer } from './recording-server.js'

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
   * The promises that the client must keep.
   * @default ['authenticated', 'invalidCredentials', 'rateLimited']
   */
  promises?: readonly PromiseName[]
  /** Runs the client with additional environment variables, and resolves to its exit code. */
  run(environment: Readonly<Record<string, string>>): Promise<number>
}

const schema = objectOf({
  consumer: consumerName,
  dir,
  promises: v.optional(promiseNames, OBTAIN_PROMISES),
  run: callable<RunContractOptions['run']>('a function that resolves to an exit code'),
} satisfies SchemasOf<RunContractOptions>)

/** What became of a run: the report that `--report` writes, and the pact. */
export interface ContractReport {
  consumer: string
  /** Whether the client succeeded, kept all that was asked for, and sent nothing else. */
  kept: boolean
  /** The client's own exit code. */
  exitCode: number
  /** What was asked for, and what was exercised besides. */
  promises: PromiseResult[]
  /** Requests that no promise covers: each kind once, and no more than 100. */
  unexpected: UnexpectedRequest[]
  /** The pact, which is written only when all was kept. */
  pactFile?: string
}

/** A report, with all kinds of unexpected requests and their counts. */
export interface Judged extends Omit<ContractReport, 'unexpected' | 'pactFile'> {
  unexpected: CountedRequest[]
}

const MOST_UNEXPECTED = 100

/** What is judged as the report has it. */
export function toReport({ unexpected, ...judged }: Judged): ContractReport {
  const listed = unexpected.slice(0, MOST_UNEXPECTED)
  return { ...judged, unexpected: listed.map(({ requests, ...request }) => request) }
}

/**
 * Runs a client in any language against a Pact mock server with every promise on it, told apart by
 * the credentials and tokens that the client is given in its environment. Throws as `checkClient` does.
 */
export async function runContract(options: RunContractOptions): Promise<ContractReport> {
  const { dir, consumer } = check(schema, options)
  checkPactPlace({ dir, consumer })
  const report = toReport(await judgeRun(options))
  return report.kept ? { ...report, pactFile: savePact({ dir, ...report }) } : report
}

/** Runs a client as {@link runContract} does, and writes no pact. */
export async function judgeRun(options: Omit<RunContractOptions, 'dir'>): Promise<Judged> {
  const { consumer, promises: asked, run } = check(schema, options)
  return withRecordingServer(PROMISE_NAMES, async ({ url, recorded, refused, settle }) => {
    const exitCode = await run(environmentFor(url))
    await settle()
    const judged = judge(recorded, refused)
    const promises = judged.promises.filter(
      ({ name, result }) => asked.includes(name) || result !== 'neverExercised',
    )
    const kept =
      exitCode === 0 &&
      judged.unexpected.length === 0 &&
      promises.every(({ result }) => result === 'kept')
    return { consumer, kept, exitCode, promises, unexpected: judged.unexpected }
  })
}

/** What a client under contract finds in its environment. */
function environmentFor(url: string): Record<string, string> {
  return {
    ZAPSIGN_BASE_URL: url,
    ZAPSIGN_API_URL: `${url}/api/v1`,
    ZAPSIGN_ORGANIZATION_ID: LITERALS.organizationId,
    ZAPSIGN_USERNAME: LITERALS.username,
    ZAPSIGN_PASSWORD: LITERALS.password,
    ZAPSIGN_WRONG_PASSWORD: LITERALS.wrongPassword,
    ZAPSIGN_BLOCKED_USERNAME: LITERALS.blockedUsername,
    ZAPSIGN_REFRESH_TOKEN: LITERALS.refreshToken,
    ZAPSIGN_EXPIRED_REFRESH_TOKEN: LITERALS.expiredRefreshToken,
    ZAPSIGN_ACCESS_TOKEN: LITERALS.accessToken,
    ZAPSIGN_EXPIRED_ACCESS_TOKEN: LITERALS.expiredAccessToken,
  }
}
