/** @import { View } from './view.js' */
import { BASE_URL } from './api.js'
import { html, nothing } from './lit-html/lit-html.js'
import { nowOf, offsetOf, utc } from './time.js'
import { copyable, outcomeOf, valuesOf } from './view.js'

/**
 * The name, the base URL and the clock.
 * @param {View} view
 */
export function header(view) {
  const { state, words } = view
  const baseUrl = { name: 'base-url', label: words.baseUrl, text: BASE_URL }
  return html`<header>
    <div class="brand">
      <h1>zapsign-mock</h1>
      ${state.mock ? html`<span class="muted">${state.mock.version}</span>` : nothing}
      ${copyable(view, baseUrl)}
    </div>
    ${state.mock ? clock(view) : nothing}
  </header>`
}

/** @param {View} view */
function clock(view) {
  const { state, words, actions } = view
  const { date, time } = utc(nowOf(state.clock))
  const offset = offsetOf(state.clock)
  const isMoved = offset !== undefined || state.clock.frozen !== undefined
  return html`<section class="clock" aria-label=${words.clock}>
    <div class="now">
      <span class="muted">${date}</span>
      <time datetime=${`${date}T${time}Z`}>${time}</time>
      <span class="muted">UTC</span>
      <span class=${isMoved ? 'badge moved' : 'badge'}
        >${isMoved ? [offset && words.decimal(offset), state.clock.frozen === undefined ? undefined : words.stopped].filter(Boolean).join(' · ') : words.systemTime}</span
      >
    </div>
    <div class="buttons">
      <button type="button" @click=${() => actions.advance('1m')}>${words.plusMinute}</button>
      <button type="button" @click=${() => actions.advance('1h')}>${words.plusHour}</button>
      <button type="button" @click=${() => actions.advance('1d')}>${words.plusDay}</button>
      <button
        type="button"
        aria-expanded=${state.isSettingClock}
        @click=${() => actions.update({ isSettingClock: !state.isSettingClock })}
      >
        ${words.setClock}
      </button>
      <button type="button" title=${words.systemClockHint} ?disabled=${!isMoved} @click=${actions.resetClock}>
        ${words.systemClock}
      </button>
    </div>
    ${state.isSettingClock ? setForm(view) : nothing} ${outcomeOf(view, 'clock')}
  </section>`
}

/** @param {View} view */
function setForm({ state, words, actions }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    const { now } = valuesOf(event)
    if (now) actions.setClock(`${now}Z`)
  }
  return html`<form class="inline" @submit=${submit}>
    <label
      >${words.setTo}
      <input
        type="datetime-local"
        name="now"
        step="1"
        required
        .defaultValue=${new Date(nowOf(state.clock)).toISOString().slice(0, 19)}
      />
    </label>
    <button class="primary">${words.set}</button>
  </form>`
}
