/** @import { Row } from './types.js' */
/** @import { View } from './view.js' */

import { accessOf } from './cards/sign-in.js'
import { signInLine } from './curl.js'
import { repeat } from './lit-html/directives/repeat.js'
import { html, nothing } from './lit-html/lit-html.js'
import { details } from './request-details.js'
import { matching } from './requests.js'
import { copyable, outcomeOf } from './view.js'

/**
 * The requests, newest on top.
 * @param {View} view
 */
export function requestList(view) {
  const { state, words, actions } = view
  const rows = matching(state.rows, state.filter)
  return html`<main aria-labelledby="title-requests">
    <div class="bar">
      <h2 id="title-requests">${words.requests}</h2>
      <input
        type="search"
        placeholder=${words.filter}
        aria-label=${words.filter}
        .value=${state.filter}
        @input=${(/** @type {InputEvent} */ event) => actions.update({ filter: /** @type {HTMLInputElement} */ (event.target).value })}
      />
      <button
        type="button"
        class=${state.isPaused ? 'on' : ''}
        @click=${() => (state.isPaused ? actions.resume() : actions.update({ isPaused: true }))}
      >
        ${state.isPaused ? words.resume(state.held.length) : words.pause}
      </button>
      <button type="button" @click=${actions.clear}>${words.clear}</button>
    </div>
    ${outcomeOf(view, 'requests')}
    ${rows.length > 0 ? list(view, rows) : empty(view)}
  </main>`
}

/**
 * @param {View} view
 * @param {readonly Row[]} rows
 */
function list(view, rows) {
  return html`<ol class="rows" @keydown=${moveFocus}>
    ${repeat(
      rows,
      ({ key }) => key,
      (row) => item(view, row),
    )}
  </ol>`
}

/**
 * @param {View} view
 * @param {Row} row
 */
function item(view, { key, entry }) {
  const { state, words, actions } = view
  const isOpen = state.open === key
  const { time, method, path, reason, username, hint, outcome, source, duration } = entry
  const who = [reason, username].filter(Boolean).join(' · ')
  return html`<li class=${isOpen ? 'open' : ''}>
    <button
      type="button"
      class="row"
      aria-expanded=${isOpen}
      @click=${() => actions.toggle(key, entry.id)}
    >
      <span class="line">
        <span class="at">${time.slice(11, 19)}</span>
        <span class=${`status ${colorOf(entry)}`}>${statusText(view, entry)}</span>
        <span class="target"><b>${method}</b> ${path}</span>
      </span>
      ${who ? html`<span class="reason" lang="en">${who}</span>` : nothing}
      ${hint ? html`<span class="hint" lang="en">${hint}</span>` : nothing}
      <span class="facts">${outcome} · ${source} · ${words.decimal(duration.toFixed(1))} ms</span>
    </button>
    ${isOpen ? details(view, { key, entry }) : nothing}
  </li>`
}

/**
 * @param {View} view
 * @param {Row['entry']} entry
 */
function statusText({ words }, { status }) {
  return status === 0 ? words.noReply : String(status)
}

/** @param {Row['entry']} entry */
function colorOf({ status, source }) {
  if (source === 'forced') return 'forced'
  return status === 0 ? 's5' : `s${Math.floor(status / 100)}`
}

/** @param {View} view */
function empty(view) {
  const { state, words, actions } = view
  if (state.rows.length > 0) {
    return html`<div class="empty">
      <p>${words.noMatch(state.filter)}</p>
      <button type="button" @click=${() => actions.update({ filter: '' })}>${words.showAll}</button>
    </div>`
  }
  const access = accessOf(state)
  if (!access) return html`<p class="empty">${words.nobody}</p>`
  const line = { name: 'try', label: 'curl', text: signInLine(access) }
  return html`<div class="empty">
    <p>${words.noRequests}</p>
    ${copyable(view, line)}
  </div>`
}

/**
 * The arrow keys move from one request to the next.
 * @param {KeyboardEvent} event
 */
function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const list = /** @type {HTMLElement} */ (event.currentTarget)
  const buttons = [...list.querySelectorAll('button.row')]
  const index = buttons.indexOf(/** @type {HTMLElement} */ (event.target))
  const next = buttons[index + (step ?? 0)]
  if (step === undefined || index < 0 || !(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}
