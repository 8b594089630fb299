/** @import { State } from './types.js' */

/** @returns {State} */
export function initialState() {
  return {
    connection: 'connecting',
    config: {},
    clock: { ahead: 0 },
    rows: [],
    held: [],
    isPaused: false,
    filter: '',
    received: {},
    isSettingClock: false,
    problems: {},
    done: {},
    forced: { outcome: 'rateLimited', times: 1, endpoint: '', username: '', retryAfter: '' },
    token: { text: '' },
    isAddingUser: false,
  }
}

/**
 * The state of the page. Changes within one frame are drawn together.
 * @param {State} state
 * @param {(state: State) => void} draw
 */
export function createStore(state, draw) {
  let isScheduled = false

  function redraw() {
    isScheduled = false
    draw(state)
  }

  return {
    state,
    /** @param {Partial<State>} changes */
    update(changes) {
      Object.assign(state, changes)
      if (isScheduled) return
      isScheduled = true
      // A page in the background draws no frames.
      if (document.hidden) setTimeout(redraw)
      else requestAnimationFrame(redraw)
    },
  }
}

/** @typedef {ReturnType<typeof createStore>} Store */
