import { OUTCOME_NAMES, type OutcomeName } from '../../../src/internal.js'

/** An outcome that is forced from the start, and on how many requests. */
export interface StartOutcome {
  outcome: OutcomeName
  times: number
}

/** Reads a text such as `serverError:3`; `undefined` for anything else. */
export function readStartOutcome(text: string): StartOutcome | undefined {
  const [, name, times = '1'] = /^(\w+)(?::([1-9]\d{0,8}))?$/.exec(text) ?? []
  const outcome = OUTCOME_NAMES.find((one) => one === name)
  return outcome && { outcome, times: Number(times) }
}
