import { setTimeout } from 'node:timers/promises'
import { show, toMilliseconds } from '../../../src/internal.js'
import { probe } from '../../control/probe.js'
import { CommandError, UsageError } from '../errors.js'
import type { Invocation } from '../flags/invocation.js'
import { controlUrl } from './control-url.js'

/** Milliseconds between two attempts. */
const INTERVAL = 100

/** Milliseconds that one attempt may take. */
const PATIENCE = 2000

/** Waits until a mock is healthy. Throws a {@link CommandError} with the last reason when it is not in time. */
export async function wait({
  url: given,
  timeout,
}: Extract<Invocation, { command: 'wait' }>): Promise<number> {
  const url = controlUrl(given, 'The URL')
  const milliseconds = toMilliseconds(timeout)
  if (milliseconds === undefined)
    throw new UsageError(
      `--timeout must be a duration with a unit, such as "30s", got ${show(timeout)}`,
    )
  const end = performance.now() + milliseconds
  let reason: string | undefined
  do {
    const left = Math.max(1, end - performance.now())
    const signal = AbortSignal.timeout(Math.ceil(Math.min(left, PATIENCE)))
    const found = await probe(url, signal)
    if (found === undefined) return 0
    // The last attempt may have had no time for an answer.
    if (reason === undefined || !signal.aborted) reason = found
    await setTimeout(Math.max(0, Math.min(INTERVAL, end - performance.now())))
  } while (performance.now() < end)
  throw new CommandError(`No mock at ${url} within ${timeout}: ${reason}`)
}
