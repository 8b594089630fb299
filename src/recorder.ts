import type { Answer } from './answer.js'
import type { ApiRequest, MaybePromise } from './api.js'
import { type Hint, hintFor } from './hints.js'
import { shorten, type Withhold } from './secrets.js'
import type { NewEntry } from './state/journal.js'
import type { Store } from './state/store.js'

/** A request and its answer, as the pipeline hands them over at the end. */
export interface Exchange {
  request: Pick<ApiRequest, 'method' | 'path' | 'headers'>
  answer: Answer
  /** The status that is sent. */
  status: number
  /** Milliseconds since 1970; `undefined` when the provider's clock failed. */
  now: number | undefined
  /** Real milliseconds that the provider took. */
  duration: number
}

/** Records a request in the journal. */
export type Recorder = (exchange: Exchange) => MaybePromise<unknown>

interface RecorderSettings {
  /** Whether hints are printed on the console. */
  warnings: boolean
  withhold: Withhold
}

/** Records requests with their hints, and prints each kind of hint once on the console. */
export function createRecorder(
  store: Pick<Store, 'record'>,
  { warnings, withhold }: RecorderSettings,
): Recorder {
  const explained = new Set<number>()

  function warn({ kind, sentence }: Hint): void {
    if (!warnings || explained.has(kind)) return
    explained.add(kind)
    console.warn(
      `zapsign-mock: ${sentence} (Silence this with createZapSign({ warnings: false }).)`,
    )
  }

  return ({ request, answer, status, now, duration }) => {
    const { outcome, source, facts: { username, password, reason, ...clues } = {} } = answer
    const hint = hintFor({ ...clues, request, answer })
    if (hint) warn(hint)
    const entry: NewEntry = {
      // Where the user's clock fails, the system's keeps the request in the journal.
      time: new Date(now ?? Date.now()).toISOString(),
      method: shorten(request.method),
      path: withhold(request.path),
      status,
      outcome,
      source,
      ...(username !== undefined && { username: withhold(username) }),
      ...(reason !== undefined && { reason }),
      ...(hint && { hint: hint.sentence }),
      duration,
    }
    return store.record(entry, password)
  }
}
