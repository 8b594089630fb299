import { checkOutcome } from '../checks.js'
import type { OutcomeName } from '../outcomes.js'
import type { MemoryStore } from '../state/memory-store.js'
import type { OutcomeOptions, PendingOutcome } from '../state/outcomes.js'

/**
 * Outcomes to force on the next requests. A request takes the first pending outcome that applies to it:
 * `authenticated`, `invalidCredentials` and `rateLimited` apply only to well-formed logins.
 */
export interface Outcomes {
  /**
   * Forces an outcome once, or `times` times.
   *
   * @throws a `TypeError` or a `RangeError` for an unknown outcome or option
   * @example
   * zapsign.outcomes.next('serviceUnavailable', { times: 2, endpoint: 'refresh' })
   */
  next(name: OutcomeName, options?: OutcomeOptions): void
  /** The pending outcomes, in the order in which they are used. */
  readonly pending: readonly PendingOutcome[]
  /** Removes all pending outcomes, and ends requests that the outcome `timeout` keeps waiting. */
  clear(): void
}

export function createOutcomesHandle(store: MemoryStore): Outcomes {
  return {
    next(name, input = {}) {
      const { outcome, options } = checkOutcome(name, input)
      store.addOutcome(outcome, options)
    },
    get pending() {
      return store.pendingOutcomes()
    },
    clear: store.clearOutcomes,
  }
}
