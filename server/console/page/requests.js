/** @import { Entry, Row, State } from './types.js' */
/** @import { Store } from './store.js' */

/** The newest rows are kept. */
const MOST_ROWS = 500

/**
 * The list of requests: it takes entries as they come, newest first.
 * @param {Store} store
 * @param {(entries: readonly Entry[]) => void} announce
 */
export function createRequests({ state, update }, announce) {
  // The ids of a mock that was started again begin with 1.
  let generation = 1
  let lastId = 0

  /** @param {readonly Entry[]} entries Oldest first. */
  function add(entries) {
    const fresh = entries.filter(({ id }) => id > lastId)
    if (fresh.length === 0) return
    lastId = fresh.at(-1)?.id ?? lastId
    const rows = fresh.map((entry) => ({ key: `${generation}-${entry.id}`, entry })).reverse()
    if (state.isPaused) return update({ held: newest([...rows, ...state.held]) })
    update({ rows: newest([...rows, ...state.rows]) })
  }

  return {
    /** The id after which the stream continues. */
    lastId: () => lastId,

    /**
     * Takes the journal after a connection was made. Detects whether it continues, or belongs to a mock
     * that was restarted.
     * @param {readonly Entry[]} entries
     */
    catchUp(entries) {
      if (!continues(entries, state, lastId)) {
        generation += 1
        lastId = 0
      }
      add(entries)
    },

    /** @param {readonly Entry[]} entries */
    take(entries) {
      add(entries)
      if (!state.isPaused) announce(entries)
    },

    resume() {
      update({ isPaused: false, held: [], rows: newest([...state.held, ...state.rows]) })
    },

    clear() {
      update({ rows: [], held: [], open: undefined, received: {} })
    },
  }
}

/** @param {Row[]} rows */
function newest(rows) {
  return rows.slice(0, MOST_ROWS)
}

/**
 * Whether the journal is that of the mock whose entries the page has.
 * @param {readonly Entry[]} entries
 * @param {State} state
 * @param {number} lastId
 */
function continues(entries, { rows, held }, lastId) {
  const known = (held[0] ?? rows[0])?.entry
  const found = entries.find(({ id }) => id === lastId)
  if (found) return known === undefined || found.time === known.time
  // An empty journal may be one that was cleared: then nothing is missed either way.
  return entries.length > 0 && (entries[0]?.id ?? 0) > lastId
}

/**
 * The rows that contain every word of the filter.
 * @param {readonly Row[]} rows
 * @param {string} filter
 */
export function matching(rows, filter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ entry }) => {
    const { method, path, status, outcome, source, username, reason, hint } = entry
    const text = [method, path, status, outcome, source, username, reason, hint].join(' ')
    return words.every((word) => text.toLowerCase().includes(word))
  })
}
