import spawn from 'cross-spawn'
import { CommandError } from './errors.js'
import { exitCodeOf } from './signals.js'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Runs a program with this process's input and output and more environment, forwards signals to it,
 * and resolves to its exit code: 128 and its number for a signal. Rejects with a
 * {@link CommandError}: code 127 when there is no such program, 126 when it cannot be run.
 */
export function runChild(
  [file, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
    const forward = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of FORWARDED) process.on(signal, forward)
    const leave = () => {
      for (const signal of FORWARDED) process.off(signal, forward)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      leave()
      reject(cannotRun(file, error))
    })
    child.once('exit', (code, signal) => {
      leave()
      resolve(signal ? exitCodeOf(signal) : (code ?? 1))
    })
  })
}

function cannotRun(file: string, { code, message }: NodeJS.ErrnoException): CommandError {
  if (code === 'ENOENT') return new CommandError(`${file}: there is no such command`, 127)
  return new CommandError(
    `${file} cannot be run: ${code === 'EACCES' ? 'permission denied' : message}`,
    126,
  )
}
