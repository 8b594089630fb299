/** @import { Entry } from './types.js' */

/**
 * Reads server-sent events of a response, and yields the entries of each piece that arrives. `fetch`
 * reads them because `EventSource` cannot send a control token.
 *
 * @param {Response} response
 * @returns {AsyncGenerator<Entry[]>}
 */
export async function* readEntries(response) {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value = '' } = await reader.read()
    if (done) return
    const events = (rest + value).split(/\r?\n\r?\n/)
    rest = events.pop() ?? ''
    const entries = events.flatMap(entryIn)
    if (entries.length > 0) yield entries
  }
}

/**
 * The entry in an event; nothing in a heartbeat.
 * @param {string} event
 * @returns {Entry[]}
 */
function entryIn(event) {
  const data = event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
  return data.length > 0 ? [JSON.parse(data.join('\n'))] : []
}
