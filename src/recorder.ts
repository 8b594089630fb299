import type { ApiRequest } from './api.js'
import type { CallNotes } from './call.js'
import type { Clock } from './clock.js'
import type { WritableJournal } from './journal.js'
import { explainNearMiss } from './near-miss.js'
import type { Answer } from './refusals.js'

/** Ends a record: what was answered, the status that went out, and what endpoints noted. */
export type EndRecord = (answer: Answer, status: number, notes?: CallNotes) => void

/** Begins a record when a request arrives. */
export type StartRecord = (request: Pick<ApiRequest, 'method' | 'path' | 'headers'>) => EndRecord

/** Journals calls, and explains those that are one step from right, each kind once on the console. */
export function createRecorder(
  journal: WritableJournal,
  clock: Clock,
  areWarned: boolean,
): StartRecord {
  const told = new Set<string>()

  function warn(sentence: string): void {
    if (!areWarned || told.has(sentence)) return
    told.add(sentence)
    console.warn(`zapsign-mock: ${sentence} (createZapSign({ warnings: false }) keeps this quiet)`)
  }

  return (request) => {
    const { method, path } = request
    const started = performance.now()
    return (answer, status, { username, password, ...clues } = {}) => {
      const { outcome, basis } = answer
      const nearMiss = explainNearMiss({ ...clues, request, answer })
      const entry = {
        time: clock.now().toISOString(),
        method,
        path,
        status,
        outcome,
        basis,
        ...(username !== undefined && { username }),
        duration: performance.now() - started,
        ...(nearMiss !== undefined && { nearMiss }),
      }
      journal.add(entry, password)
      if (nearMiss !== undefined) warn(nearMiss)
    }
  }
}
