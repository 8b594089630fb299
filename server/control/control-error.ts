import type { ProblemDocument } from './problem.js'

/** A call of `connect()` that the mock refused, or that did not reach it. */
export class ControlError extends Error {
  override name = 'ControlError'
  readonly code = 'ERR_CONTROL'
  /** What the mock answered. Missing when nothing answered, or something else than the control API. */
  readonly problem?: ProblemDocument

  constructor(
    message: string,
    { problem, cause }: { problem?: ProblemDocument; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    if (problem) this.problem = problem
  }
}
