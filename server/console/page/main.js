import { createActions } from './actions.js'
import { createAnnouncer } from './announcer.js'
import { createApi } from './api.js'
import { createConnection } from './connection.js'
import { render } from './lit-html/lit-html.js'
import { page } from './page.js'
import { createRequests } from './requests.js'
import { createStore, initialState } from './store.js'
import { nowOf } from './time.js'
import { chooseWords } from './words.js'

const root = /** @type {HTMLElement} */ (document.getElementById('console'))
const words = chooseWords()
document.documentElement.lang = words.language

const api = createApi()
const store = createStore(initialState(), (state) =>
  render(page({ state, words, actions }, authorize), root),
)
const { state, update } = store
const requests = createRequests(store, createAnnouncer(words))
const connection = createConnection(store, api, requests)
const actions = createActions({ store, api, requests, refresh: connection.refresh, words })

/** @param {string} controlToken */
function authorize(controlToken) {
  api.authorize(controlToken)
  update({ connection: 'connecting' })
  connection.start()
}

/** Draws the clock and the countdowns, and asks again about a token at the moment that it expires. */
function tick() {
  const { expires, expired } = state.token.inspection ?? {}
  const isExpired = expires ? Date.parse(expires) <= nowOf(state.clock) : expired
  if (isExpired !== expired) actions.inspect(state.token.text)
  if (!document.hidden) update({})
  // At the next full second of the mock's clock.
  setTimeout(tick, 1000 - (nowOf(state.clock) % 1000))
}

update({})
tick()
connection.start()
