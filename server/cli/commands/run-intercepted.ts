import type { RequestListener } from 'node:http'
import { PRODUCTION_URL } from '../../../src/internal.js'
import type { Interception } from '../../intercept/intercept.js'
import { UsageError } from '../errors.js'
import type { Child } from '../flags/invocation.js'
import type { Printer } from '../output/print.js'
import { runChild } from './child.js'

interface InterceptedRun {
  /** Answers the program's requests to the documented hosts: a listener, or a server at a URL. */
  to: RequestListener | string
  /** The variables of a run without interception. */
  environment: Readonly<Record<string, string>>
  printer: Printer
}

/**
 * Runs a program whose calls to the documented hosts the listener answers, and resolves to the program's
 * exit code. Throws a {@link UsageError} for an environment that rules interception out.
 */
export async function runIntercepted(
  child: Child,
  { to, environment, printer }: InterceptedRun,
): Promise<number> {
  const interception = await start(to)
  try {
    const { removedNoProxy: removed } = interception
    if (removed.length > 0) {
      printer.print(
        `zapsign-mock: NO_PROXY covers hosts of ZapSign: the program runs without ${removed.join(', ')}`,
      )
    }
    const exitCode = await runChild(child, {
      ...environment,
      ZAPSIGN_BASE_URL: PRODUCTION_URL,
      ZAPSIGN_API_URL: `${PRODUCTION_URL}/api/v1`,
      ...interception.environment,
    })
    for (const warning of warningsAbout(interception)) printer.print(`zapsign-mock: ${warning}`)
    return exitCode
  } finally {
    await interception.close()
  }
}

/** The certificate library and the proxy are loaded for those who need them. */
async function start(to: RequestListener | string): Promise<Interception> {
  const { intercept } = await import('../../intercept/intercept.js')
  const { forwardTo } = await import('../../intercept/forward-http.js')
  try {
    return await intercept({ listener: typeof to === 'string' ? forwardTo(to) : to })
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}

const INSTEAD =
  'Run it without --intercept and give it the base URL in ZAPSIGN_BASE_URL, or see docs/intercept.md for what each language needs.'

function warningsAbout({ requests, refusals }: Interception): string[] {
  if (refusals > 0) {
    return [
      `The program refused the mock's certificate (${count(refusals, 'connection')}). It trusts certificates of its own choice. ${INSTEAD}`,
    ]
  }
  if (requests > 0) return []
  return [
    `No request to a host of ZapSign was intercepted. If the program sent one, the real ZapSign received it. ${INSTEAD}`,
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
