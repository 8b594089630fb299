import type { Answer, Facts } from './answer.js'
import type { ApiRequest, MaybePromise } from './api.js'
import { type Hint, hintFor } from './hints.js'
import { printable } from './printable.js'
import { type Redact, shorten } from './secrets.js'
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
  /** An adapter's hint, for a request that the provider itself has no hint for. */
  hint?: string | undefined
}

/** Records a request in the journal, and returns the id of its entry. */
export type Recorder = (exchange: Exchange) => MaybePromise<{ readonly id: number } | undefined>

interface RecorderSettings {
  /** Whether hints are printed on the console. */
  warnings: boolean
  redact: Redact
}

const NO_FACTS: Facts = {}

/** The hints of adapters are of one kind. */
function adapterHint({ hint }: Exchange): Hint | undefined {
  return hint === undefined ? undefined : { kind: -1, sentence: hint }
}

/** Records requests with their hints, and prints each kind of hint once on the console. */
export function createRecorder(
  store: Pick<Store, 'record' | 'passwords'>,
  { warnings, redact }: RecorderSettings,
): Recorder {
  const explained = new Set<number>()

  function warn({ kind, sentence }: Hint): void {
    if (!warnings || explained.has(kind)) return
    explained.add(kind)
    console.warn(
      `zapsign-mock: ${printable(sentence)} (Silence this with createZapSign({ warnings: false }).)`,
    )
  }

  return (exchange) => {
    const { request, answer, status, now, duration } = exchange
    const { outcome, source, facts = NO_FACTS } = answer
    const { username, isUser, password, reason } = facts
    const { passwords } = store
    const found = hintFor(request, answer) ?? adapterHint(exchange)
    const hint = found && { ...found, sentence: redact(found.sentence, passwords) }
    if (hint) warn(hint)
    const entry: NewEntry = {
      // Where the user's clock fails, the system's keeps the request in the journal.
      time: now ?? Date.now(),
      method: shorten(redact(request.method, passwords)),
      path: shorten(redact(request.path, passwords)),
      status,
      outcome,
      source,
      username:
        username === undefined
          ? undefined
          : // A user may be called like the password of another.
            shorten(redact(username, isUser ? undefined : passwords)),
      reason,
      hint: hint?.sentence,
      duration,
    }
    return store.record(entry, password)
  }
}
