/** @import { Entry, Received } from './types.js' */
import { BASE_URL } from './api.js'

/** What a withheld value is called in a command line. */
const VARIABLES = { password: '$ZAPSIGN_PASSWORD', refresh: '$ZAPSIGN_REFRESH_TOKEN' }

/** The headers that change an answer. The others are those of the client's own library. */
const HEADERS = ['content-type', 'accept', 'authorization', 'user-agent']

/**
 * A command line for a POSIX shell that signs in.
 * @param {{ organization: string, username: string, password?: string | undefined }} access
 * `password` is left out where the page does not know it.
 */
export function signInLine({ organization, username, password = VARIABLES.password }) {
  const address = `${BASE_URL}/api/v1/auth/token/${encodeURIComponent(organization)}/`
  const body = JSON.stringify({ username, password })
  return `curl ${quote(address)} -H 'Content-Type: application/json' -d ${quote(body)}`
}

/**
 * The command line that repeats a request. Where the page does not know what came in, it repeats the
 * method and the path.
 * @param {Entry} entry
 * @param {Received | undefined} received
 */
export function repeatLine({ method, path }, received) {
  const { query = '', headers = [], body = '' } = received ?? {}
  const address = quote(BASE_URL + path + (query && `?${query}`))
  const sent = headers.filter(
    ([name, value]) => HEADERS.includes(name.toLowerCase()) && value !== '*/*',
  )
  return [
    'curl',
    ...(method === 'GET' || (method === 'POST' && body) ? [] : ['-X', quote(method)]),
    address,
    ...sent.flatMap(([name, value]) => ['-H', quote(`${name}: ${value}`)]),
    ...(body ? ['--data-raw', quote(body)] : []),
  ].join(' ')
}

/**
 * Quotes a text for a POSIX shell. The variables that replace secrets stay variables.
 * @param {string} text
 */
function quote(text) {
  if (/^[\w.:/%-]+$/.test(text)) return text
  return `'${text.replaceAll("'", "'\\''")}'`.replace(
    /\$ZAPSIGN_[A-Z_]+/g,
    (variable) => `'"${variable}"'`,
  )
}
