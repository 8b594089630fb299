/** @import { Pending } from '../types.js' */
/** @import { View } from '../view.js' */
import { repeat } from '../lit-html/directives/repeat.js'
import { html, nothing } from '../lit-html/lit-html.js'
import { card, valuesOf } from '../view.js'

/** The outcomes that can be forced, with the status of each. */
const OUTCOMES = {
  rateLimited: '400',
  invalidCredentials: '401',
  authenticated: '200',
  tooManyRequests: '429',
  serverError: '500',
  badGateway: '502',
  serviceUnavailable: '503',
  connectionReset: 'TCP RST',
  timeout: '–',
  malformedBody: '200 { …',
}

/** The outcomes that can tell a client when to try again. */
const WITH_RETRY_AFTER = ['rateLimited', 'tooManyRequests', 'serviceUnavailable']

/** @param {View} view */
export function nextAnswer(view) {
  const { state, words } = view
  return card(
    view,
    { name: 'next', title: words.next },
    html`${form(view)} ${pendingList(view, state.mock?.pending ?? [])}`,
  )
}

/** @param {View} view */
function form({ state, words, actions }) {
  const { forced } = state
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    const { times, ...values } = valuesOf(event)
    actions.force({ ...values, times: Number(times) })
  }
  /** @param {Event} event */
  const change = ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target)
    // `forced` is what was drawn: another field may have changed within this frame.
    actions.update({
      forced: { ...state.forced, [name]: name === 'times' ? Number(value) : value },
    })
  }
  return html`<form class="fields" @submit=${submit} @input=${change}>
    <label class="most">${words.answerWith} ${outcomeSelect(forced.outcome)}</label>
    <label class="short">${words.times}
      <input type="number" name="times" min="1" step="1" required .value=${String(forced.times)} />
    </label>
    <label class="half">${words.endpoint} ${endpointSelect(words)}</label>
    <label class="half">${words.forUser} ${userSelect({ state, words })}</label>
    ${
      WITH_RETRY_AFTER.includes(forced.outcome)
        ? html`<label class="short">${words.retryAfter}
            <input name="retryAfter" placeholder="30s" autocomplete="off" />
          </label>`
        : nothing
    }
    <button class="primary most">${words.force(forced.times || 1)}</button>
  </form>`
}

/** @param {string} chosen */
function outcomeSelect(chosen) {
  return html`<select name="outcome">
    ${Object.entries(OUTCOMES).map(
      ([name, status]) =>
        html`<option value=${name} ?selected=${name === chosen}>${name} (${status})</option>`,
    )}
  </select>`
}

/** @param {View['words']} words */
function endpointSelect(words) {
  return html`<select name="endpoint">
    <option value="">${words.anyEndpoint}</option>
    <option value="obtain">${words.obtain}</option>
    <option value="refresh">${words.refresh}</option>
    <option value="/api/v1/docs/">/api/v1/docs/</option>
    <option value="/api/v1/users/">/api/v1/users/</option>
  </select>`
}

/** @param {Pick<View, 'state' | 'words'>} view */
function userSelect({ state, words }) {
  return html`<select name="username">
    <option value="">${words.anyUser}</option>
    ${state.mock?.users.map(({ username }) => html`<option value=${username}>${username}</option>`)}
  </select>`
}

/**
 * @param {View} view
 * @param {readonly Pending[]} pending
 */
function pendingList({ words, actions }, pending) {
  if (pending.length === 0) return html`<p class="note">${words.nothingPending}</p>`
  return html`<h3>${words.pending}</h3>
    <ul class="list">
      ${repeat(
        pending,
        ({ id }) => id,
        ({ id, outcome, times, endpoint, username, retryAfter }) => {
          const aim = [endpoint, username, retryAfter && `Retry-After ${retryAfter}`]
          return html`<li>
            <span class="grow">
              <b class="forced">${outcome}</b> × ${times}
              <span class="muted">${aim.filter(Boolean).join(' · ')}</span>
            </span>
            <button type="button" class="quiet" aria-label=${words.forget(outcome)} @click=${() => actions.forget(id)}>×</button>
          </li>`
        },
      )}
    </ul>`
}
