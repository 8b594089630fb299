/** @import { createApi } from './api.js' */
/** @import { createRequests } from './requests.js' */
/** @import { Store } from './store.js' */
import { Refused } from './api.js'
import { readEntries } from './events.js'
import { readMock } from './mock.js'

/** Milliseconds between two looks at the mock's state, which other programs change too. */
const INTERVAL = 2000

/** Milliseconds that the page waits at most before it tries again to reach the mock. */
const LONGEST_WAIT = 4000

/**
 * Keeps the page connected: follows the requests, looks at the state, and tries again when the mock is
 * gone.
 *
 * @param {Store} store
 * @param {ReturnType<typeof createApi>} api
 * @param {ReturnType<typeof createRequests>} requests
 */
export function createConnection({ state, update }, api, requests) {
  let stream = new AbortController()

  /** Reads the state of the mock. */
  async function refresh() {
    try {
      update(await readMock(api))
    } catch (error) {
      // The stream notices the end of a mock late, or not at all on a computer that slept.
      if (!(error instanceof Refused)) stream.abort()
    }
  }

  async function follow() {
    stream = new AbortController()
    const { signal } = stream
    update({ ...(await readMock(api)), config: await api.send('GET', 'config') })
    const { requests: entries } = await api.send('GET', 'requests?limit=500')
    requests.catchUp(entries)
    const headers = { 'last-event-id': String(requests.lastId()) }
    const response = await api.open('events', { headers, signal })
    update({ connection: 'open', lost: undefined })
    for await (const taken of readEntries(response)) {
      requests.take(taken)
      refreshSoon()
    }
  }

  let isDue = false

  /** Many requests in a short time are followed by one look at the state. */
  function refreshSoon() {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      refresh()
    }, 100)
  }

  /** Returns when the mock asks for a control token. */
  async function start() {
    for (let wait = 250; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const { said, isLocked } = await follow().then(
        () => ({ said: undefined, isLocked: false }),
        explain,
      )
      if (isLocked) return update({ connection: 'locked', lost: { since: Date.now(), said } })
      if (state.connection === 'open') wait = 250
      update({ connection: 'lost', lost: { since: state.lost?.since ?? Date.now(), said } })
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }

  setInterval(() => {
    if (state.connection === 'open' && !document.hidden) refresh()
  }, INTERVAL)

  return { start, refresh }
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof Refused)) return { said: undefined, isLocked: false }
  return { said: error.message, isLocked: error.status === 401 }
}
