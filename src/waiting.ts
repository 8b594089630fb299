// Taken when the module loads: a test runner that freezes time later does not freeze these.
const { setTimeout, clearTimeout } = globalThis

/**
 * Real milliseconds for which a `timeout` holds a request before its connection breaks. On a socket the
 * mock notices when the client gives up. In process it does not always.
 */
export const TIMEOUT_HOLD = { socket: 120_000, inProcess: 30_000 } as const

/**
 * Holds a request for a `timeout`, until the time is over or the reply is released. Rejects with the
 * signal's reason as soon as the signal aborts. It does not keep the process alive.
 */
export async function hold(
  milliseconds: number,
  { released }: { released?: AbortSignal | undefined },
  signal: AbortSignal,
): Promise<void> {
  const ends = released ? AbortSignal.any([signal, released]) : signal
  await wait(milliseconds, ends, { keepsAlive: false }).catch((reason) => {
    if (!released?.aborted || signal.aborted) throw reason
  })
}

/** Waits real time. Rejects with the signal's reason as soon as the signal aborts. */
export function wait(
  milliseconds: number,
  signal?: AbortSignal,
  { keepsAlive = true } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    // A timer is an object in Node, and a number in browsers.
    if (!keepsAlive) Object(timer).unref?.()
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}
