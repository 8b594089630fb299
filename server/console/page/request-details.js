/** @import { Row, Received } from './types.js' */
/** @import { View } from './view.js' */
import { repeatLine } from './curl.js'
import { html, nothing } from './lit-html/lit-html.js'
import { copyable } from './view.js'

/**
 * What came in with a request, secrets withheld, and the command line that repeats it.
 * @param {View} view
 * @param {Row} row
 */
export function details(view, { key, entry }) {
  const { state, words } = view
  const { [key]: received } = state.received
  const known = received === 'unknown' ? undefined : received
  const line = { name: `repeat-${key}`, label: words.repeat, text: repeatLine(entry, known) }
  return html`<div class="details">
    <h3>${words.repeat}</h3>
    ${copyable(view, line)}
    <h3>${words.received}</h3>
    ${received === 'unknown' ? html`<p class="note">${words.noHeaders}</p>` : nothing}
    ${known ? message(view, entry, known) : nothing}
  </div>`
}

/**
 * @param {View} view
 * @param {Row['entry']} entry
 * @param {Received} received
 */
function message({ words }, { method, path }, { query, headers, body, bodySize }) {
  const head = [
    `${method} ${path}${query && `?${query}`}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  return html`<pre tabindex="0">${head.join('\n')}${body ? `\n\n${body}` : ''}</pre>
    ${
      body.length < bodySize && bodySize > 4096
        ? html`<p class="note">${words.truncated(bodySize)}</p>`
        : nothing
    }`
}
