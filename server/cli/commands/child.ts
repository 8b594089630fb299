import type { ChildProcess } from 'node:child_process'
import spawn from 'cross-spawn'
import { exitCodeOf } from '../endings.js'
import { CommandError } from '../errors.js'
import { forwardSignals } from './forward-signals.js'
import { withoutProxy } from './no-proxy.js'
import { type ProcessGroup, processGroupOf } from './process-group.js'

/**
 * Runs a program with this process's input and output and additional environment variables. Forwards
 * signals to its process group. Resolves to its exit code, or 128 plus the number of the signal that
 * ended it. Processes that the program leaves behind are terminated, unless they started their own
 * session. Rejects with a {@link CommandError}: code 127 if the program does not exist, 126 if it
 * cannot be run. Proxy settings never apply to `ZAPSIGN_BASE_URL`.
 */
export function runChild(
  [file, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  // On a terminal the program must stay in the foreground group to read input; the terminal sends it signals.
  const onTerminal = process.stdin.isTTY === true
  const isGroup = !onTerminal && process.platform !== 'win32'
  const proxies = withoutProxy(process.env, environment['ZAPSIGN_BASE_URL'])
  const env = { ...process.env, ...proxies, ...environment }
  return new Promise((resolve, reject) => {
    let group: ProcessGroup | undefined
    // A caller that reads the program's first output may send a signal at once.
    const stop = forwardSignals({ send: (signal) => group?.send(signal), onTerminal })
    const fail = (error: unknown) => {
      stop()
      reject(cannotRun(file, error as NodeJS.ErrnoException))
    }
    let child: ChildProcess
    try {
      child = spawn(file, args, { stdio: 'inherit', env, detached: isGroup })
    } catch (error) {
      fail(error)
      return
    }
    const started = processGroupOf(child, isGroup)
    group = started
    child.once('error', fail)
    child.once('exit', async (code, signal) => {
      await started.end()
      stop()
      resolve(signal ? exitCodeOf(signal) : (code ?? 1))
    })
  })
}

function cannotRun(file: string, { code, message }: NodeJS.ErrnoException): CommandError {
  if (code === 'ENOENT') return new CommandError(`Cannot run ${file}: command not found`, 127)
  return new CommandError(
    `Cannot run ${file}: ${code === 'EACCES' ? 'permission denied' : message}`,
    126,
  )
}
