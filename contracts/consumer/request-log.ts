import type { SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import { type BodyFault, type Recorded, toRecorded } from './recorded.js'
import type { WireTokens } from './wire-tokens.js'

/** A request whose body is still coming, or one that has been judged. */
type Entry = { sent: SentRequest; fault: BodyFault } | { recorded: Recorded }

/** The requests of a run. A body is kept only until its request is judged. */
export interface RequestLog {
  /** Takes a request as soon as its headers arrive, so that no request is lost. */
  begin(sent: SentRequest): void
  /** Judges a request. */
  finish(sent: SentRequest, more: Parameters<typeof toRecorded>[2]): void
  /** The requests in the order in which they came. */
  requests(): Recorded[]
}

/** Creates the log of a run, with the promises that are asked for. */
export function createRequestLog(asked: readonly PromiseName[], tokens: WireTokens): RequestLog {
  const entries: Entry[] = []
  const indexOf = new WeakMap<SentRequest, number>()
  const judge = (sent: SentRequest, more: Parameters<typeof toRecorded>[2]) =>
    toRecorded(tokens.toLiterals(sent), asked, more)
  return {
    begin(sent) {
      indexOf.set(sent, entries.push({ sent, fault: 'brokenOff' }) - 1)
    },
    finish(sent, more) {
      const index = indexOf.get(sent)
      if (index !== undefined) entries[index] = { recorded: judge(sent, more) }
    },
    requests: () =>
      entries.map((entry) =>
        'recorded' in entry ? entry.recorded : judge(entry.sent, { fault: entry.fault }),
      ),
  }
}
