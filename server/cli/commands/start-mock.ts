import { DEFAULT_HOST } from '../../http/options.js'
import { startApp } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { settingAt } from '../configuration/options-of-settings.js'
import { UsageError } from '../errors.js'
import { DEFAULT_PORT } from '../flags/server-settings.js'
import { explainListenError } from './cannot-listen.js'
import type { Mock } from './mock.js'
import { keepHeapSmall } from './small-heap.js'

/**
 * Starts the server of a mock. Throws a {@link CommandError} if it cannot listen,
 * and a {@link UsageError} for a certificate that cannot be used.
 *
 * @param warn prints a message about a client that used the wrong protocol */
export async function startMock(
  { zapsign }: Mock,
  { server, nameOf }: Configuration,
  warn: (message: string) => void,
): ReturnType<typeof startApp> {
  keepHeapSmall()
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = server
  try {
    const hooks = { nameOf: (path: string) => nameOf(settingAt(path)), warn }
    return await startApp({ ...server, zapsign, port, host }, hooks)
  } catch (error) {
    if (error instanceof RangeError || isRoutesError(error)) throw new UsageError(error.message)
    throw explainListenError(error, { port, host })
  }
}

/** Known by its code: the routes are loaded only when there are any. */
export function isRoutesError(error: unknown): error is Error {
  return Object(error).code === 'ERR_ZAPSIGN_ROUTES'
}
