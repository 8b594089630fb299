import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'

/** A child process, with the processes that it starts if they form a separate process group. */
export interface ProcessGroup {
  /** Sends a signal. Returns whether a process received it. */
  send(signal: NodeJS.Signals | 0): boolean
  /** Terminates the processes that remain: SIGTERM, then SIGKILL after 2 s. */
  end(): Promise<void>
}

/** Milliseconds that remaining processes get to end after SIGTERM. */
const GRACE = 2000

const INTERVAL = 20

/** @param isGroup Whether the child leads a process group. */
export function processGroupOf({ pid }: ChildProcess, isGroup: boolean): ProcessGroup {
  function send(signal: NodeJS.Signals | 0): boolean {
    if (pid === undefined) return false
    try {
      return process.kill(isGroup ? -pid : pid, signal)
    } catch {
      return false
    }
  }

  return {
    send,
    async end() {
      if (!isGroup) return
      const until = performance.now() + GRACE
      for (let remains = send('SIGTERM'); remains; remains = send(0)) {
        if (performance.now() > until) {
          send('SIGKILL')
          return
        }
        await setTimeout(INTERVAL)
      }
    },
  }
}
