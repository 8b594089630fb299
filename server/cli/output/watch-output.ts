import { setImmediate, setTimeout } from 'node:timers/promises'

/** Knows whether everything that was written to a stream has arrived. */
export interface WatchedOutput {
  /** Resolves when everything is written, or when the reader has read nothing for `patience` milliseconds. */
  flushed(patience: number): Promise<void>
  /** Why writing failed, such as a full disk. A reader that has ended is not a failure. */
  failure(): string | undefined
}

const INTERVAL = 10

/** Watches a stream. An error of the stream no longer ends the process. */
export function watchOutput(stream: NodeJS.WriteStream): WatchedOutput {
  let failure: NodeJS.ErrnoException | undefined
  let isBroken = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isBroken = true
    if (error.code !== 'EPIPE') failure ??= error
  })
  return {
    async flushed(patience) {
      // An error of a file is reported after the write.
      await setImmediate()
      let before = Number.POSITIVE_INFINITY
      let idle = 0
      while (!isBroken && stream.writableLength > 0 && idle < patience) {
        idle = stream.writableLength < before ? 0 : idle + INTERVAL
        before = stream.writableLength
        await setTimeout(INTERVAL)
      }
    },
    failure: () => failure && describe(failure),
  }
}

function describe({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOSPC' ? 'no space left on the device' : message
}
