import type { Configuration } from './configuration.js'
import { CommandError } from './errors.js'
import type { Mock } from './mock.js'
import { startServer, type ZapSignServer } from './start.js'

/** A port that is easy to remember: ZAPS on a phone's keys. */
const DEFAULT_PORT = 9277

/** Starts a server for a mock. Throws a {@link CommandError} where it cannot listen. */
export async function startMock(
  { zapsign }: Mock,
  { port = DEFAULT_PORT, host = '127.0.0.1', latency }: Configuration,
): Promise<ZapSignServer> {
  try {
    return await startServer({ zapsign, port, host, latency })
  } catch (error) {
    throw new CommandError(cannotListen(error as NodeJS.ErrnoException, port, host))
  }
}

function cannotListen(
  { code, message }: NodeJS.ErrnoException,
  port: number,
  host: string,
): string {
  const place = `port ${port} of ${host}`
  if (code === 'EADDRINUSE') {
    return `Cannot listen on ${place}: it is in use; choose another with --port, or any free one with --port 0`
  }
  if (code === 'EACCES')
    return `Cannot listen on ${place}: permission denied; ports from 1024 need none`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `Cannot listen on ${place}: --host is no address of this machine`
  }
  return `Cannot listen on ${place}: ${message}`
}
