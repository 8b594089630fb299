import { sendRequest } from './http-client.js'
import { readObject } from './json-body.js'
import type { StateRequest } from './target.js'

/** What a provider states URL may take: setting up a state can be slow. */
const LIMITS = { time: 60_000, bytes: 1_000_000 } as const

type Action = 'setup' | 'teardown'

/**
 * A function that asks a URL to set up a state or to tear it down, as Pact's verifiers do: a POST with
 * `consumer`, `state`, `states`, `params` and `action`. It resolves to the values in the reply, an object
 * of strings and numbers, and rejects when the reply is not a success. Without a URL it does nothing.
 */
export function callStatesUrl(url: string | undefined) {
  return async (
    action: Action,
    { consumer, name, parameters }: StateRequest,
  ): Promise<Record<string, string>> => {
    if (url === undefined) return {}
    const { status, body } = await post(url, {
      consumer,
      state: name,
      states: [name],
      params: parameters,
      action,
    })
    if (status < 200 || status > 299)
      throw new Error(`the provider states URL answered ${action} with ${status}`)
    return action === 'setup' ? valuesIn(body) : {}
  }
}

async function post(url: string, body: object) {
  const { origin, pathname, search } = new URL(url)
  try {
    return await sendRequest(
      origin,
      {
        method: 'POST',
        path: pathname,
        query: search.slice(1),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      },
      LIMITS,
    )
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(`the provider states URL did not answer: ${code ?? message}`)
  }
}

/** An empty reply, or one that is not JSON, gives no values: many handlers answer "OK". */
function valuesIn(body: string): Record<string, string> {
  const values = readObject(body)
  if (typeof values === 'string') return {}
  const plain = Object.entries(values).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  )
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]))
}
