import { constants } from 'node:os'

const ENDING = ['SIGINT', 'SIGTERM'] as const

/** The exit code of a program that a signal ended, as shells count. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}

/** Resolves at the first signal to end; the second ends the process at once. */
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
