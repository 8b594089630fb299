import { randomBytes } from 'node:crypto'
import { forward } from '../../../contracts/internal.js'
import { createZapSign } from '../../../src/index.js'
import type { ServerOptions } from '../../http/options.js'
import { UsageError } from '../errors.js'
import { isRoutesError } from './start-mock.js'

/** What answers the requests that no promise is about. */
interface Others {
  /** The key of the client's tokens: the guard accepts the tokens of this run, and no others. */
  signingKey: string
  onOther: (request: Parameters<typeof forward>[1]) => ReturnType<typeof forward>
  close(): Promise<void>
}

/**
 * Starts a mock with the user's own routes for the requests that no promise is about. Throws a
 * {@link UsageError} for wrong routes.
 */
export async function answerOthers(routes: ServerOptions['routes']): Promise<Others | undefined> {
  if (routes === undefined) return undefined
  const { startServer } = await import('../../http/start-server.js')
  const signingKey = randomBytes(32).toString('hex')
  const zapsign = createZapSign({ signingKey, warnings: false })
  const { url, close } = await startServer({ zapsign, routes, control: false }).catch((error) => {
    throw isRoutesError(error) || error instanceof RangeError
      ? new UsageError(error.message)
      : error
  })
  return { signingKey, onOther: (request) => forward(url, request), close }
}
