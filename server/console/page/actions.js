/** @import { createApi } from './api.js' */
/** @import { createRequests } from './requests.js' */
/** @import { Store } from './store.js' */
/** @import { Words } from './words.js' */
import { Refused } from './api.js'
import { toClock } from './mock.js'

/**
 * @typedef {object} Parts
 * @property {Store} store
 * @property {ReturnType<typeof createApi>} api
 * @property {ReturnType<typeof createRequests>} requests
 * @property {() => Promise<void>} refresh Reads the state of the mock.
 * @property {Words} words
 */

/**
 * What the buttons of the page do. Each action shows in its card what the control API refused.
 * @param {Parts} parts
 */
export function createActions({ store: { state, update }, api, requests, refresh, words }) {
  /**
   * @param {string} card
   * @param {() => Promise<void | string>} task Returns what is worth saying about its effect.
   */
  async function act(card, task) {
    /** @param {string} [problem] @param {string} [done] */
    const show = (problem, done) =>
      update({
        problems: { ...state.problems, [card]: problem },
        done: { ...state.done, [card]: done },
      })
    try {
      show(undefined, (await task()) ?? undefined)
    } catch (error) {
      show(error instanceof Refused ? error.message : words.lost(new Date().toLocaleTimeString()))
    }
    await refresh()
    // Another clock or another user may change what ZapSign would answer to the token.
    if (card !== 'token' && state.token.inspection) await inspect(state.token.text).catch(() => {})
  }

  /** @param {string} method @param {string} path @param {object} [content] */
  const send = async (method, path, content) => {
    await api.send(method, path, content)
  }

  /** @param {string} path @param {object} content @param {string} method */
  const moveClock = async (method, path, content) => {
    const time = await api.send(method, path, content)
    update({ isSettingClock: false, ...(time && { clock: toClock({ frozen: false, ...time }) }) })
  }

  /** @param {string} text */
  async function inspect(text) {
    if (text === '') return update({ token: { text } })
    update({ token: { ...state.token, text } })
    const inspection = await api.send('POST', 'tokens/inspect', { token: text })
    if (state.token.text === text) update({ token: { text, inspection } })
  }

  return {
    update,

    /** @param {string} by */
    advance: (by) => act('clock', () => moveClock('POST', 'time/advance', { by })),
    /** @param {string} now */
    setClock: (now) => act('clock', () => moveClock('PUT', 'time', { now })),
    resetClock: () => act('clock', () => moveClock('DELETE', 'time', {})),

    clear: () =>
      act('requests', async () => {
        await send('DELETE', 'requests')
        requests.clear()
      }),
    resume: requests.resume,

    /** @param {string} key @param {number} id */
    async toggle(key, id) {
      if (state.open === key) return update({ open: undefined })
      update({ open: key })
      if (state.received[key]) return
      const received = await api.send('GET', `requests/${id}`).then(
        (entry) => entry.received ?? 'unknown',
        () => 'unknown',
      )
      update({ received: { ...state.received, [key]: received } })
    },

    /** @param {object} outcome */
    force: (outcome) => act('next', () => send('POST', 'outcomes', outcome)),
    /** @param {number} id */
    forget: (id) => act('next', () => send('DELETE', `outcomes/${id}`)),

    /** @param {string} text */
    inspect: (text) => act('token', () => inspect(text.trim())),
    /** @param {string} username */
    issue: (username) =>
      act('token', async () => {
        const { access } = await api.send('POST', 'tokens', { username })
        await inspect(access)
      }),

    /** @param {object} user */
    addUser: (user) =>
      act('users', async () => {
        await send('POST', 'users', user)
        update({ isAddingUser: false })
      }),
    /** @param {string} username @param {boolean} active */
    setActive: (username, active) =>
      act('users', () => send('PATCH', `users/${encodeURIComponent(username)}`, { active })),
    /** @param {string} username */
    removeUser: (username) =>
      act('users', () => send('DELETE', `users/${encodeURIComponent(username)}`)),
    /** @param {string} organization @param {string} username */
    unlock: (organization, username) =>
      act('users', () =>
        send('DELETE', `login-limit/${[organization, username].map(encodeURIComponent).join('/')}`),
      ),

    reset: () =>
      act('reset', async () => {
        await send('POST', 'reset')
        requests.clear()
        return words.resetDone
      }),
  }
}

/** @typedef {ReturnType<typeof createActions>} Actions */
