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
