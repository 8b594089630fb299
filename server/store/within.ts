/** Rejects with what `late` creates if a promise does not settle in time. */
export function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    // After a pause of the whole process, what has arrived meanwhile is read first.
    const timer = setTimeout(() => setImmediate(() => reject(late())), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
