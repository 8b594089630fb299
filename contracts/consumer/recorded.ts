import type { SentRequest } from '../http.js'
import type { PromiseName } from '../promises.js'
import type { Difference } from './differences/difference.js'
import { differencesFrom } from './explain.js'

/** A request that a client sent. */
export interface Recorded {
  request: SentRequest
  /** Whether it is one of a promise, to Pact as well as by our own reading, and was answered so. */
  isMatched: boolean
  /** Whether its body never came to its end. */
  isBrokenOff?: boolean
}

const BROKEN_OFF: Difference = {
  mismatch: 'body: expected all of it, got a part',
  nearMiss: 'The body broke off before its end: its Content-Length may be too large.',
}

/** What keeps a recorded request from being the one that it was meant to be. */
export function faultsOf({ request, isBrokenOff }: Recorded, name: PromiseName): Difference[] {
  return isBrokenOff ? [BROKEN_OFF] : differencesFrom(request, name)
}
