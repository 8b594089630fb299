import { constants } from 'node:os'

const ENDING = ['SIGINT', 'SIGTERM'] as const

/** The exit code that shells report for a program that a signal ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}

/** Resolves at the first SIGINT or SIGTERM. The second one ends the process at once. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isEnding = false
    for (const signal of ENDING) {
      process.on(signal, () => {
        if (isEnding) process.exit(exitCodeOf(signal))
        isEnding = true
        resolve()
      })
    }
  })
}

/** Milliseconds between two looks at the parent process. */
const INTERVAL = 250

/** Resolves when the parent process has ended. */
export function untilParentEnds(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent && isRunning(parent)) return
      clearInterval(timer)
      resolve()
    }, INTERVAL)
    timer.unref()
  })
}

/** On Windows a process keeps the id of a parent that has ended. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
