import type { MaybePromise } from './api.js'

// A request that no step keeps waiting is answered without a promise: each `await` would cost it a turn
// of the microtask queue.

/** Goes on with a value at once, or with what a promise resolves to as soon as it does. */
export function andThen<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return isPromise(value) ? value.then(next) : next(value)
}

/** Takes a step, and replaces its error, whether the step throws or rejects. */
export function attempt<T>(
  step: () => MaybePromise<T>,
  replace: (error: unknown) => T,
): MaybePromise<T> {
  try {
    const value = step()
    return isPromise(value) ? value.catch(replace) : value
  } catch (error) {
    return replace(error)
  }
}

/** Promises of other realms count too: test runners have several. */
function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}
