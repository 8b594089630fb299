/** @import { Actions } from './actions.js' */
/** @import { State } from './types.js' */
/** @import { Words } from './words.js' */
import { html, nothing } from './lit-html/lit-html.js'

/**
 * What every part of the page is drawn from.
 * @typedef {{ state: State, words: Words, actions: Actions }} View
 */

/**
 * A card of the right column. It ends with what the control API said about its last action.
 * @param {View} view
 * @param {{ name: string, title: string }} card
 * @param {unknown} content
 */
export function card(view, { name, title }, content) {
  return html`<section class="card" aria-labelledby=${`title-${name}`}>
    <h2 id=${`title-${name}`}>${title}</h2>
    ${content} ${outcomeOf(view, name)}
  </section>`
}

/**
 * @param {View} view
 * @param {string} name
 */
export function outcomeOf({ state }, name) {
  const { [name]: problem } = state.problems
  const { [name]: done } = state.done
  if (problem) return html`<p class="problem" role="alert">${problem}</p>`
  return done ? html`<p class="note" role="status">${done}</p>` : nothing
}

/**
 * A text with a button that copies it.
 * @param {View} view
 * @param {{ name: string, label: string, text: string }} what `label` says what is copied.
 */
export function copyable(view, { name, label, text }) {
  const id = `text-${name}`
  return html`<div class="copyable">
    <code id=${id}>${text}</code>
    ${copyButton(view, { name, label, text, id })}
  </div>`
}

/**
 * @param {View} view
 * @param {{ name: string, label: string, text: string, id: string }} what `id` is that of the element
 * that shows the text.
 */
export function copyButton({ state, words, actions }, { name, label, text, id }) {
  const copy = async () => {
    await copyText(text, id)
    actions.update({ copied: name })
  }
  return html`<button type="button" class="quiet" @click=${copy}>
    ${state.copied === name ? words.copied : words.copy}<span class="hidden"> ${label}</span>
  </button>`
}

/**
 * Copies a text. Without the clipboard, which browsers offer on this machine and with https only, the
 * text that the page shows is selected and copied.
 * @param {string} text
 * @param {string} id
 */
async function copyText(text, id) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => select(id))
  select(id)
  document.execCommand('copy')
}

/** @param {string} id */
function select(id) {
  const element = document.getElementById(id)
  if (element) getSelection()?.selectAllChildren(element)
}

/**
 * The values of a form's fields by their names. Empty fields are left out.
 * @param {SubmitEvent} event
 * @returns {Record<string, string>}
 */
export function valuesOf(event) {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.currentTarget)
  const given = [...new FormData(form)].filter(([, value]) => value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}
