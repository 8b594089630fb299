import { CommandError } from '../errors.js'

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

/** Node's calls that fail when a server cannot listen. */
const CALLS = ['listen', 'bind', 'getaddrinfo']

/** Node's error about an address as a {@link CommandError}. Any other error is returned as it is. */
export function explainListenError(
  error: unknown,
  { port, host }: { port: number; host: string },
): unknown {
  const { syscall = '', code = '', message } = Object(error) as NodeJS.ErrnoException
  if (!CALLS.includes(syscall)) return error
  return new CommandError(`Cannot listen on port ${port} of ${host}: ${REASONS[code] ?? message}`)
}
