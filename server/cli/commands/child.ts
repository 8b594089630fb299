import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import spawn from 'cross-spawn'
import { CommandError } from '../errors.js'
import { exitCodeOf } from '../signals.js'

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
    child.once('exit', async (code, signal) => {
      if (hasGroup) await endGroup(child)
      leave()
      resolve(signal ? exitCodeOf(signal) : (code ?? 1))
    })
  })
}

/** Milliseconds for which what a program left running may take to end by itself. */
const GRACE = 2000

/** Ends what a program left running: first it is asked to. */
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

/** Sends a signal to a program, or to it and all that it started. Returns whether any of it is left. */
function kill(child: ChildProcess, signal: NodeJS.Signals | 0, hasGroup: boolean): boolean {
  if (child.pid === undefined) return false
  try {
    return process.kill(hasGroup ? -child.pid : child.pid, signal)
  } catch {
    return false
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
