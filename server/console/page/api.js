/** An answer of the control API that refuses a request. Its message is what the API said. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/** The address of the control API. The page is served below it, wherever the mock is mounted. */
const CONTROL = new URL('..', import.meta.url)

/** The base URL of the mock, without a final slash. */
export const BASE_URL = new URL('..', CONTROL).href.replace(/\/$/, '')

/**
 * A client of the control API. A control token stays in its memory, and is sent in a header only.
 */
export function createApi() {
  /** @type {string | undefined} */
  let controlToken

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async function open(path, init = {}) {
    const headers = new Headers(init.headers)
    if (controlToken) headers.set('authorization', `Bearer ${controlToken}`)
    const response = await fetch(new URL(path, CONTROL), { ...init, headers, cache: 'no-store' })
    if (!response.ok) throw new Refused(response.status, await explanationIn(response))
    return response
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [content]
   */
  async function send(method, path, content = {}) {
    const init =
      method === 'GET' || method === 'DELETE'
        ? { method }
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }
    const response = await open(path, init)
    return response.status === 204 ? undefined : response.json()
  }

  return {
    open,
    send,
    /** @param {string} token */
    authorize(token) {
      controlToken = token
    },
  }
}

/**
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function explanationIn(response) {
  const problem = await response.json().catch(() => ({}))
  return problem.detail ?? problem.title ?? `${response.status} ${response.statusText}`
}
