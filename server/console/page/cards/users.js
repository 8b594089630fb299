/** @import { Lock, User } from '../types.js' */
/** @import { View } from '../view.js' */
import { repeat } from '../lit-html/directives/repeat.js'
import { html, nothing } from '../lit-html/lit-html.js'
import { countdown, nowOf } from '../time.js'
import { card, valuesOf } from '../view.js'

/** @param {View} view */
export function users(view) {
  const { state, words, actions } = view
  const { users = [], locks = [] } = state.mock ?? {}
  return card(
    view,
    { name: 'users', title: words.users },
    html`<ul class="list">
        ${repeat(
          users,
          ({ id }) => id,
          (user) => item(view, user),
        )}
      </ul>
      ${locks.length > 0 ? lockList(view, locks) : nothing}
      ${
        state.isAddingUser
          ? addForm(view)
          : html`<button type="button" @click=${() => actions.update({ isAddingUser: true })}>${words.addUser}</button>`
      }`,
  )
}

/**
 * @param {View} view
 * @param {User} user
 */
function item({ words, actions }, { username, active, organizations }) {
  return html`<li>
    <span class="grow">
      <span class=${active ? '' : 'muted struck'}>${username}</span>
      ${active ? nothing : html`<span class="badge">${words.inactive}</span>`}
      ${organizations ? html`<span class="muted">${organizations.join(', ')}</span>` : nothing}
    </span>
    <button type="button" class="quiet" @click=${() => actions.setActive(username, !active)}>
      ${active ? words.deactivate : words.activate}<span class="hidden"> ${username}</span>
    </button>
    <button type="button" class="quiet" @click=${() => actions.removeUser(username)}>
      ${words.remove}<span class="hidden"> ${username}</span>
    </button>
  </li>`
}

/**
 * @param {View} view
 * @param {readonly Lock[]} locks
 */
function lockList({ state, words, actions }, locks) {
  return html`<ul class="list">
    ${locks.map(
      ({ organization = '', username = '', until }) => html`<li>
        <span class="grow">
          <b class="status s4">${words.locked}</b>
          <b class="count">${countdown(Date.parse(until) - nowOf(state.clock))}</b>
          ${[username, organization].filter(Boolean).join(' · ')}
        </span>
        <button type="button" @click=${() => actions.unlock(organization, username)}>
          ${words.unlock}<span class="hidden"> ${username || organization}</span>
        </button>
      </li>`,
    )}
  </ul>`
}

/** @param {View} view */
function addForm({ words, actions }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    const { organizations, ...user } = valuesOf(event)
    const ids = organizations?.split(/[\s,]+/).filter(Boolean)
    actions.addUser({ ...user, ...(ids?.length && { organizations: ids }) })
  }
  return html`<form class="fields" @submit=${submit}>
    <label class="half">${words.username} <input name="username" required autocomplete="off" /></label>
    <label class="half">${words.password} <input name="password" required autocomplete="off" /></label>
    <label class="whole">${words.organizations} <input name="organizations" autocomplete="off" /></label>
    <button class="primary grow">${words.addUser}</button>
    <button type="button" @click=${() => actions.update({ isAddingUser: false })}>${words.cancel}</button>
  </form>`
}
