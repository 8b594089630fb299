import type { ApiRequest } from './api.js'
import type { CallNotes } from './call.js'
import { explainNearMiss, type NearMiss } from './near-miss.js'
import type { Answer } from './refusals.js'
import { shorten, type Withhold } from './secrets.js'
import type { Clock } from './state/clock.js'
import type { WritableJournal } from './state/journal.js'

/** Ends a record: what was answered, the status that went out, and what endpoints noted. */
type EndRecord = (answer: Answer, status: number, notes?: CallNotes) => void

/** Begins a record when a request arrives. */
export type StartRecord = (request: Pick<ApiRequest, 'method' | 'path' | 'headers'>) => EndRecord

// Taken when the module is loaded: a test runner that freezes time later does not freeze this.
const elapsed = performance.now.bind(performance)

interface RecorderSettings {
  /** Whether near misses are told on the console. */
  warnings: boolean
  withhold: Withhold
}

/** Journals calls, and explains those that are one step from right, each kind once on the console. */
export function createRecorder(
  journal: WritableJournal,
  clock: Clock,
  { warnings, withhold }: RecorderSettings,
): StartRecord {
  const told = new Set<number>()

  function warn({ kind, sentence }: NearMiss): void {
    if (!warnings || told.has(kind)) return
    told.add(kind)
    console.warn(`zapsign-mock: ${sentence} (createZapSign({ warnings: false }) keeps this quiet)`)
  }

  return (request) => {
    const started = elapsed()
    return (answer, status, { username, password, ...clues } = {}) => {
      const { outcome, basis } = answer
      const nearMiss = explainNearMiss({ ...clues, request, answer })
      const entry = {
        time: present(clock).toISOString(),
        method: shorten(request.method),
        path: withhold(request.path),
        status,
        outcome,
        basis,
        ...(username !== undefined && { username: withhold(username) }),
        duration: elapsed() - started,
        ...(nearMiss && { nearMiss: nearMiss.sentence }),
      }
      journal.add(entry, password)
      if (nearMiss) warn(nearMiss)
    }
  }
}

/** The provider's time; the system's where the user's clock fails, so that the call is journaled. */
function present(clock: Clock): Date {
  try {
    return clock.now()
  } catch {
    return new Date()
  }
}
