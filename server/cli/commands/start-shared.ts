import { makeCertificates, prepareTls } from '../../http/tls.js'
import type { Configuration } from '../configuration/configuration.js'
import { settingAt } from '../configuration/options-of-settings.js'
import { UsageError } from '../errors.js'
import type { Mock } from './mock.js'
import { addressOf, type RunningHooks, type RunningMock } from './running-mock.js'
import { type SharedTask, startSharedMock } from './shared-mock.js'

/** Starts a mock with a store: in this process, or in workers. Throws a {@link CommandError}. */
export async function startShared(
  mock: Mock,
  configuration: Configuration,
  { log, ...hooks }: RunningHooks,
): Promise<RunningMock> {
  const task = { ...(await toTask(mock, configuration)), log }
  if (configuration.workers !== undefined) {
    const { startWorkers } = await import('./workers.js')
    return startWorkers(task, configuration.workers, hooks)
  }
  const { url, port, app, close } = await startSharedMock(task, hooks)
  return { url, port, close, to: app, failed: new Promise(() => {}) }
}

/** Everything is decided here, so that all processes agree: the address, the users and the certificates. */
async function toTask(
  { zapsign }: Mock,
  configuration: Configuration,
): Promise<Omit<SharedTask, 'log'>> {
  const { server, store = '', storePrefix, outcomes = [] } = configuration
  return {
    options: {
      ...configuration.zapsign,
      ...server,
      ...addressOf(configuration),
      users: [...zapsign.users],
      warnings: false,
      store,
      ...(storePrefix !== undefined && { storePrefix }),
    },
    outcomes,
    ...(await readTls(configuration)),
  }
}

async function readTls({
  server: { tls = false },
  nameOf,
}: Configuration): Promise<Pick<SharedTask, 'certificates'>> {
  if (!tls) return {}
  const options = tls === true ? {} : tls
  const nameOfPath = (path: string) => nameOf(settingAt(path))
  const isOwn = options.cert === undefined && options.key === undefined
  try {
    if (isOwn) return { certificates: await makeCertificates(options.caOut, nameOfPath) }
    await prepareTls(options, nameOfPath)
    return {}
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}
