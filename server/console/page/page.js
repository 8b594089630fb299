/** @import { View } from './view.js' */
import { nextAnswer } from './cards/next-answer.js'
import { signIn } from './cards/sign-in.js'
import { token } from './cards/token.js'
import { users } from './cards/users.js'
import { header } from './header.js'
import { html, nothing } from './lit-html/lit-html.js'
import { requestList } from './request-list.js'
import { utc } from './time.js'
import { outcomeOf, valuesOf } from './view.js'

/**
 * The whole page.
 * @param {View} view
 * @param {(controlToken: string) => void} authorize
 */
export function page(view, authorize) {
  const { state, words } = view
  if (state.connection === 'locked') return html`${header(view)} ${lockedPage(view, authorize)}`
  return html`${header(view)} ${connectionBar(view)}
    ${
      state.mock
        ? html`<div class="columns">
          ${requestList(view)}
          <aside>
            ${signIn(view)} ${nextAnswer(view)} ${token(view)} ${users(view)} ${footer(view)}
          </aside>
        </div>`
        : html`<p class="empty">${words.connecting}</p>`
    }`
}

/** @param {View} view */
function connectionBar({ state, words }) {
  if (state.connection !== 'lost' || !state.lost) return nothing
  const { since, said } = state.lost
  const time = `${utc(since).time} UTC`
  return html`<p class="lost" role="status">${words.lost(time)} ${said ? html`<span lang="en">${said}</span>` : nothing}</p>`
}

/**
 * @param {View} view
 * @param {(controlToken: string) => void} authorize
 */
function lockedPage({ state, words }, authorize) {
  /** @param {SubmitEvent} event */
  const submit = (event) => authorize(valuesOf(event)['token'] ?? '')
  return html`<main class="locked">
    <p>${words.needsToken}</p>
    <form class="inline" @submit=${submit}>
      <label class="grow">${words.controlToken}
        <input type="password" name="token" required autocomplete="off" />
      </label>
      <button class="primary">${words.unlockPage}</button>
    </form>
    ${state.lost?.said ? html`<p class="problem" role="alert" lang="en">${state.lost.said}</p>` : nothing}
  </main>`
}

/** @param {View} view */
function footer(view) {
  const { state, words, actions } = view
  const rows = Object.entries(state.config)
  return html`<footer>
    <details>
      <summary>${words.configuration}</summary>
      <dl>
        ${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`)}
      </dl>
    </details>
    <button type="button" class="danger" @click=${actions.reset}>${words.reset}</button>
    ${outcomeOf(view, 'reset')}
  </footer>`
}
