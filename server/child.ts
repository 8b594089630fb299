import type { ChildProcess } from 'node:child_process'
import spawn from 'cross-spawn'
import { CommandError } from './errors.js'
import { exitCodeOf } from './signals.js'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** What a terminal sends to every program on it. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']

/**
 * Runs a program with this process's input and output and more environment, forwards signals to it
 * and to what it started, and resolves to its exit code: 128 and its number for a signal. What it
 * leaves running is ended. Rejects with a {@link CommandError}: code 127 when there is no such
 * program, 126 when it cannot be run. `ZAPSIGN_BASE_URL` in the environment is never behind a proxy.
 */
export function runChild(
  [file, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  // On a terminal it must stay in the foreground to read from it, and the terminal ends it.
  const onTerminal = process.stdin.isTTY === true
  const hasGroup = !onTerminal && process.platform !== 'win32'
  return new Promise((resolve, reject) => {
    const forward = (signal: NodeJS.Signals) => {
      if (onTerminal && FROM_TERMINAL.includes(signal)) return
      kill(child, signal, hasGroup)
    }
    const leave = () => {
      for (const signal of FORWARDED) process.off(signal, forward)
    }
    // Before the program can have said anything that somebody answers with a signal.
    for (const signal of FORWARDED) process.on(signal, forward)
    const fail = (error: unknown) => {
      leave()
      reject(cannotRun(file, error as NodeJS.ErrnoException))
    }
    const env = { ...process.env, ...pastProxies(process.env, environment), ...environment }
    let child: ChildProcess
    try {
      child = spawn(file, args, { stdio: 'inherit', env, detached: hasGroup })
    } catch (error) {
      fail(error)
      return
    }
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      leave()
      if (hasGroup) kill(child, 'SIGTERM', hasGroup)
      resolve(signal ? exitCodeOf(signal) : (code ?? 1))
    })
  })
}

/** Sends a signal to a program, or to it and all that it started. */
function kill(child: ChildProcess, signal: NodeJS.Signals, hasGroup: boolean): void {
  if (child.pid === undefined) return
  try {
    process.kill(hasGroup ? -child.pid : child.pid, signal)
  } catch {
    // Nothing of it is left.
  }
}

/** Lets requests to the mock reach it, whatever proxy there is for others. */
function pastProxies(
  { NO_PROXY, no_proxy }: NodeJS.ProcessEnv,
  { ZAPSIGN_BASE_URL: url }: Readonly<Record<string, string>>,
): Record<string, string> {
  const { hostname = '' } = url === undefined ? {} : new URL(url)
  // Programs do not agree on how an IPv6 address is written there.
  const hosts = ['127.0.0.1', 'localhost', hostname, hostname.replace(/^\[|\]$/g, '')]
  const excepted = [...new Set([NO_PROXY ?? no_proxy, ...hosts])].filter(Boolean).join(',')
  return { NO_PROXY: excepted, no_proxy: excepted }
}

function cannotRun(file: string, { code, message }: NodeJS.ErrnoException): CommandError {
  if (code === 'ENOENT') return new CommandError(`${file}: there is no such command`, 127)
  return new CommandError(
    `${file} cannot be run: ${code === 'EACCES' ? 'permission denied' : message}`,
    126,
  )
}
