import { DEFAULT_HOST, DEFAULT_PORT } from '../../http/defaults.js'
import { startServer, type ZapSignServer } from '../../http/start-server.js'
import type { Configuration } from '../configuration/configuration.js'
import { CommandError } from '../errors.js'
import type { Mock } from './mock.js'

/** Starts a server for a mock. Throws a {@link CommandError} where it cannot listen. */
export async function startMock(
  { zapsign }: Mock,
  { port = DEFAULT_PORT, host = DEFAULT_HOST, latency }: Configuration,
): Promise<ZapSignServer> {
  try {
    return await startServer({ zapsign, port, host, latency })
  } catch (error) {
    const { syscall, code = '', message } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    throw new CommandError(`Cannot listen on port ${port} of ${host}: ${REASONS[code] ?? message}`)
  }
}

const NO_ADDRESS = '--host is no address of this machine'

/** By Node's codes. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use; choose another with --port, or any free one with --port 0',
  EACCES: 'permission denied; ports from 1024 need none',
  EADDRNOTAVAIL: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
}
