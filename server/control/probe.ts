import { reasonOf } from './reason-of.js'

/**
 * Asks whether a mock is healthy: `GET /` says what answers, and whether there is a control API to ask
 * for its health. Resolves to `undefined` when it is, else to the reason.
 *
 * @param url The base URL, without a final slash.
 */
export async function probe(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const home = await ask(`${url}/`, signal)
    const isMock = home.status === 200 && home.json['name'] === 'zapsign-mock'
    if (isMock && !('openapi' in home.json)) return undefined
    const health = await ask(`${url}/__zapsign/health`, signal)
    if (health.status === 200 && health.json['status'] === 'ok') return undefined
    // The guards do not know the host name under which this caller knows the mock.
    if (isMock && health.status === 403) return undefined
    const { reason } = health.json
    if (reason !== undefined) return String(reason)
    return isMock
      ? `its health check answered with status ${health.status}`
      : `it is not a zapsign-mock: / answered with status ${home.status}`
  } catch (error) {
    return reasonOf(error)
  }
}

async function ask(url: string, signal: AbortSignal) {
  const headers = { accept: 'application/json' }
  const response = await fetch(url, { headers, redirect: 'manual', signal })
  return { status: response.status, json: parse(await response.text()) }
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
