import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import spawn from 'cross-spawn'
import { CommandError } from '../errors.js'
import { exitCodeOf } from '../signals.js'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** A terminal sends these to every program that runs on it. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']

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
  const hasGroup = !onTerminal && process.platform !== 'win32'
  return new Promise((resolve, reject) => {
    const forward = (signal: NodeJS.Signals) => {
      if (onTerminal && FROM_TERMINAL.includes(signal)) return
      kill(child, signal, hasGroup)
    }
    const leave = () => {
      for (const signal of FORWARDED) process.off(signal, forward)
    }
    // A caller that reads the program's first output may send a signal at once.
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
    child.once('exit', async (code, signal) => {
      if (hasGroup) await endGroup(child)
      leave()
      resolve(signal ? exitCodeOf(signal) : (code ?? 1))
    })
  })
}

/** Milliseconds that left-over processes get to end after SIGTERM. */
const GRACE = 2000

/** Terminates the processes that a program left behind: SIGTERM, then SIGKILL. */
async function endGroup(child: ChildProcess): Promise<void> {
  const until = performance.now() + GRACE
  for (let isLeft = kill(child, 'SIGTERM', true); isLeft; isLeft = kill(child, 0, true)) {
    if (performance.now() > until) {
      kill(child, 'SIGKILL', true)
      return
    }
    await setTimeout(20)
  }
}

/** Sends a signal to a program, or to its whole group. Returns whether a process received it. */
function kill(child: ChildProcess, signal: NodeJS.Signals | 0, hasGroup: boolean): boolean {
  if (child.pid === undefined) return false
  try {
    return process.kill(hasGroup ? -child.pid : child.pid, signal)
  } catch {
    return false
  }
}

/** Excludes the mock from proxy settings. */
function pastProxies(
  { NO_PROXY, no_proxy }: NodeJS.ProcessEnv,
  { ZAPSIGN_BASE_URL: url }: Readonly<Record<string, string>>,
): Record<string, string> {
  const { hostname = '' } = url === undefined ? {} : new URL(url)
  // Some programs expect brackets around an IPv6 address here, others do not.
  const hosts = ['127.0.0.1', 'localhost', hostname, hostname.replace(/^\[|\]$/g, '')]
  const excepted = [...new Set([NO_PROXY ?? no_proxy, ...hosts])].filter(Boolean).join(',')
  return { NO_PROXY: excepted, no_proxy: excepted }
}

function cannotRun(file: string, { code, message }: NodeJS.ErrnoException): CommandError {
  if (code === 'ENOENT') return new CommandError(`Cannot run ${file}: command not found`, 127)
  return new CommandError(
    `Cannot run ${file}: ${code === 'EACCES' ? 'permission denied' : message}`,
    126,
  )
}
