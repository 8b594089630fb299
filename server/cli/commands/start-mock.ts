import { DEFAULT_HOST } from '../../http/options.js'
import { startApp } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { CommandError } from '../errors.js'
import { DEFAULT_PORT } from '../flags/server-settings.js'
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
    const { syscall, code = '', message } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    throw new CommandError(`Cannot listen on port ${port} of ${host}: ${REASONS[code] ?? message}`)
  }
}

const NO_ADDRESS = '--host must be an address of this machine'

/** By Node's codes. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'the port is in use; choose another one with --port, or take any free one with --port 0',
  EACCES: 'permission denied; choose a port from 1024 upwards',
  EADDRNOTAVAIL: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
}
