/** @import { Inspection, Verdict } from '../types.js' */
/** @import { View } from '../view.js' */
import { html, nothing } from '../lit-html/lit-html.js'
import { countdown, nowOf } from '../time.js'
import { card, copyButton, valuesOf } from '../view.js'

/** @param {View} view */
export function token(view) {
  const { state, words, actions } = view
  const { text, inspection } = state.token
  /** @param {Event} event */
  const paste = ({ target }) => actions.inspect(/** @type {HTMLTextAreaElement} */ (target).value)
  return card(
    view,
    { name: 'token', title: words.token },
    html`${issueForm(view)}
      <div>
        <div class="labelled">
          <label for="token-text">${words.pasteToken}</label>
          ${text ? copyButton(view, { name: 'token', label: words.token, text, id: 'token-text' }) : nothing}
        </div>
        <textarea id="token-text" rows="2" spellcheck="false" autocomplete="off" .value=${text} @input=${paste}></textarea>
      </div>
      ${inspection ? decoded(view, inspection) : nothing}`,
  )
}

/** @param {View} view */
function issueForm({ state, words, actions }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    const { username } = valuesOf(event)
    if (username) actions.issue(username)
  }
  return html`<form class="inline" @submit=${submit}>
    <label class="grow">${words.issueFor}
      <select name="username">
        ${state.mock?.users.map(({ username }) => html`<option value=${username}>${username}</option>`)}
      </select>
    </label>
    <button class="primary">${words.issue}</button>
  </form>`
}

/**
 * @param {View} view
 * @param {Inspection} inspection
 */
function decoded(view, inspection) {
  const { words } = view
  const { header, claims, signature, expires, answers } = inspection
  return html`${expires ? expiry(view, expires) : nothing}
    <dl>
      ${signature ? html`<dt>${words.signature}</dt><dd>${words[signature]}</dd>` : nothing}
    </dl>
    <h3>${words.answerNow}</h3>
    <dl>
      <dt>Bearer</dt><dd>${verdict(answers.protected)}</dd>
      <dt>${words.refresh}</dt><dd>${verdict(answers.refresh)}</dd>
    </dl>
    ${header ? html`<pre tabindex="0">${JSON.stringify(header)}\n${JSON.stringify(claims, undefined, 2)}</pre>` : nothing}`
}

/**
 * @param {View} view
 * @param {string} expires
 */
function expiry({ state, words }, expires) {
  const left = Date.parse(expires) - nowOf(state.clock)
  return html`<p class=${left > 0 ? 'expiry' : 'expiry expired'}>
    <span>${left > 0 ? words.expiresIn : words.expiredFor}</span>
    <b>${countdown(Math.abs(left))}</b>
  </p>`
}

/** @param {Verdict} verdict */
function verdict({ status, outcome, body }) {
  return html`<b class=${`status s${Math.floor(status / 100)}`}>${status}</b>
    ${outcome} ${body ? html`<code>${JSON.stringify(body)}</code>` : nothing}`
}
