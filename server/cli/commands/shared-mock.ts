import { StoreError } from '../../../src/internal.js'
import { DEFAULT_HOST, type SharedServerOptions } from '../../http/options.js'
import { RESTORED, startSharedApp } from '../../http/start-shared-server.js'
import type { Certificates } from '../../intercept/certificates.js'
import type { RedisStore } from '../../store/redis-store.js'
import { withoutCredentials } from '../../store/without-credentials.js'
import { readStartOutcome } from '../configuration/start-outcome.js'
import { CommandError, UsageError } from '../errors.js'
import { explainListenError } from './cannot-listen.js'
import { type LogTarget, logTo, type RunningHooks } from './running-mock.js'
import { keepHeapSmall } from './small-heap.js'
import { isRoutesError } from './start-mock.js'

/** What a mock with a store is started with: plain data, which a worker gets as JSON. */
export interface SharedTask {
  options: SharedServerOptions
  /** Outcomes to force, if the state is new. */
  outcomes: readonly string[]
  log: LogTarget
  /** The mock's own certificates, if it has TLS and no others. */
  certificates?: Certificates
}

/** Starts a mock with a store in this process. Throws a {@link CommandError}. */
export async function startSharedMock(
  { options, outcomes, log, certificates }: SharedTask,
  { warn, report }: Omit<RunningHooks, 'log'>,
): ReturnType<typeof startSharedApp> {
  keepHeapSmall()
  try {
    const server = await startSharedApp(options, {
      certificates,
      warn,
      ...(log.style !== 'silent' && { onRecorded: logTo(log) }),
      onLost: ({ message }) =>
        report(`${upperFirst(message)}. Requests are answered with 503 until it is back.`),
      onBack: () => report('The store is back.'),
      onRestored: () => report(RESTORED),
    })
    if (server.store.isNew) await force(outcomes, server.store)
    return server
  } catch (error) {
    throw explain(error, options)
  }
}

async function force(outcomes: readonly string[], store: RedisStore): Promise<void> {
  for (const text of outcomes) {
    const { outcome, times } = readStartOutcome(text) ?? {}
    if (outcome) await store.addOutcome(outcome, { times })
  }
}

function explain(error: unknown, { port = 0, host = DEFAULT_HOST, store }: SharedServerOptions) {
  if (error instanceof StoreError)
    return new CommandError(`Cannot use ${withoutCredentials(store)}: ${error.message}`)
  if (error instanceof RangeError || error instanceof TypeError || isRoutesError(error))
    return new UsageError(error.message)
  return explainListenError(error, { port, host })
}

function upperFirst(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase())
}
