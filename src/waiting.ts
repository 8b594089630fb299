// Taken when the module is loaded: a test runner that freezes time later does not freeze these.
const { setTimeout, clearTimeout } = globalThis

/** Real milliseconds for which a request that is to time out is held before its connection breaks. */
export const TIMEOUT_HOLD = 120_000

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
