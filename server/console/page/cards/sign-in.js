/** @import { State } from '../types.js' */
/** @import { View } from '../view.js' */
import { signInLine } from '../curl.js'
import { html } from '../lit-html/lit-html.js'
import { card, copyable } from '../view.js'

/** The organization of the documentation's example, where any organization exists. */
const EXAMPLE = '11111'

/**
 * What a client needs to sign in as the first active user; nothing if no user is active.
 * @param {State} state
 */
export function accessOf({ mock, config }) {
  const user = mock?.users.find(({ active }) => active)
  if (!user) return undefined
  const organizations = /** @type {{ id: string }[] | undefined} */ (config['organizations'])
  const organization = user.organizations?.[0] ?? organizations?.[0]?.id ?? EXAMPLE
  return { organization, username: user.username, password: user.password }
}

/** @param {View} view */
export function signIn(view) {
  const { state, words } = view
  const access = accessOf(state)
  const title = { name: 'sign-in', title: words.signIn }
  if (!access) return card(view, title, html`<p class="note">${words.nobody}</p>`)
  return card(
    view,
    title,
    html`<dl>
        <dt>${words.user}</dt>
        <dd>${access.username}</dd>
        <dt>${words.password}</dt>
        <dd>${access.password ?? '$ZAPSIGN_PASSWORD'}</dd>
        <dt>${words.organization}</dt>
        <dd>${access.organization}</dd>
      </dl>
      ${copyable(view, { name: 'sign-in', label: 'curl', text: signInLine(access) })}`,
  )
}
