/** @import { Entry } from './types.js' */
/** @import { Words } from './words.js' */

/** Milliseconds in which requests are announced together: a screen reader cannot follow a test run. */
const TOGETHER = 1000

/**
 * Announces new requests to a screen reader, politely.
 * @param {Words} words
 */
export function createAnnouncer(words) {
  const element = document.getElementById('announcer')
  /** @type {Entry[]} */
  let waiting = []

  function say() {
    const [only] = waiting
    if (element && only) {
      const { method, path, status, reason, hint } = only
      const what = `${status || words.noReply} ${method} ${path}. ${reason ?? ''} ${hint ?? ''}`
      element.textContent = waiting.length === 1 ? what : words.newRequests(waiting.length)
    }
    waiting = []
  }

  /** @param {readonly Entry[]} entries */
  return (entries) => {
    if (waiting.length === 0) setTimeout(say, TOGETHER)
    waiting.push(...entries)
  }
}
