import { DEFAULT_HOST } from '../../http/options.js'
import { startApp } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { DEFAULT_PORT } from '../flags/server-settings.js'
import { explainListenError } from './cannot-listen.js'
import type { Mock } from './mock.js'

/** Starts the server of a mock. Throws a {@link CommandError} if it cannot listen. */
export async function startMock(
  { zapsign }: Mock,
  { server }: Configuration,
): ReturnType<typeof startApp> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST } = server
  try {
    return await startApp({ ...server, zapsign, port, host })
  } catch (error) {
    throw explainListenError(error, { port, host })
  }
}
