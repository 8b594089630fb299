import type { Configuration } from '../configuration/configuration.js'
import { UsageError } from '../errors.js'
import type { Mock } from './mock.js'
import { logTo, type RunningHooks, type RunningMock } from './running-mock.js'
import { startMock } from './start-mock.js'

/** Starts a mock in this process or, with workers, in others. Throws a {@link CommandError}. */
export async function startRunningMock(
  mock: Mock,
  configuration: Configuration,
  hooks: RunningHooks,
): Promise<RunningMock> {
  refuseUnshareable(configuration)
  if (configuration.store !== undefined) {
    const { startShared } = await import('./start-shared.js')
    return startShared(mock, configuration, hooks)
  }
  const { log, warn } = hooks
  const { app, zapsign, ...server } = await startMock(mock, configuration, warn)
  // Without a listener no entry is created before somebody reads it.
  if (log.style !== 'silent') zapsign.journal.subscribe(logTo(log))
  return { ...server, to: app, failed: new Promise(() => {}) }
}

function refuseUnshareable({ store, storePrefix, workers, watch, nameOf }: Configuration): void {
  if (store === undefined && workers !== undefined)
    throw new UsageError(
      `${nameOf('workers')} needs --store: the processes share their state in Redis or Valkey`,
    )
  if (store === undefined && storePrefix !== undefined)
    throw new UsageError(`${nameOf('storePrefix')} needs --store`)
  if (store !== undefined && watch)
    throw new UsageError(
      `Cannot combine ${nameOf('watch')} with ${nameOf('store')}: mocks that share a state must have the same options`,
    )
}
