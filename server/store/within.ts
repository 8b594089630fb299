/**
 * Rejects with what `late` creates if a promise does not settle in time, and never earlier: a timer of Node
 * may fire up to a millisecond too early.
 */
export function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = performance.now() + milliseconds
    let timer: NodeJS.Timeout
    function wait(): void {
      timer = setTimeout(() => {
        if (performance.now() < end) return wait()
        // After a pause of the whole process, what has arrived meanwhile is read first.
        setImmediate(() => reject(late()))
      }, end - performance.now())
    }
    wait()
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
