// Taken when the module is loaded: a test runner that freezes time later does not freeze these.
const { setTimeout, clearTimeout } = globalThis

/**
 * Real milliseconds for which a request that is to time out is held before its connection breaks: on
 * a socket, whose end is noticed, and in process, where a client that has given up is not always, and
 * the process lives on for so long.
 */
export const TIMEOUT_HOLD = { socket: 120_000, inProcess: 30_000 } as const

/**
 * Keeps a request waiting that is to time out, until the time is over or the reply is released.
 * Rejects with the signal's reason as soon as that aborts.
 */
export async function hold(
  milliseconds: number,
  { released }: { released?: AbortSignal | undefined },
  signal: AbortSignal,
): Promise<void> {
  const ends = released ? AbortSignal.any([signal, released]) : signal
  await wait(milliseconds, ends).catch((reason) => {
    if (!released?.aborted || signal.aborted) throw reason
  })
}

/** Waits real time. Rejects with the signal's reason as soon as it aborts. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}
