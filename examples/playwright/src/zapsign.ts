export type Answer<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused' | 'rateLimited' | 'unavailable' }

export interface Tokens {
  access: string
  refresh: string
}

/** Where ZapSign is, for this application: `zapsign-mock run` sets the address of the mock. */
const api = () => process.env['ZAPSIGN_API_URL'] ?? 'https://api.zapsign.com.br/api/v1'
const organization = () => process.env['ZAPSIGN_ORGANIZATION_ID'] ?? ''

export function signIn(username: string, password: string): Promise<Answer<Tokens>> {
  return post(`/auth/token/${organization()}/`, { username, password })
}

export function refresh(token: string): Promise<Answer<{ access: string }>> {
  return post('/auth/token-refresh/', { refresh: token })
}

export function listDocuments(access: string): Promise<Answer<{ results: { name: string }[] }>> {
  return send('/docs/?page=1', { headers: { authorization: `Bearer ${access}` } })
}

function post<T>(path: string, body: object): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json' }
  return send(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function send<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(api() + path, { ...init, signal: AbortSignal.timeout(10_000) })
    const { ok, status } = response
    if (status >= 500 || status === 429) return { kind: 'unavailable' }
    const body = await response.json()
    if (ok) return { kind: 'ok', value: body }
    // A request with a mistake is a 400, too.
    return { kind: body.message === 'Rate limit exceeded' ? 'rateLimited' : 'refused' }
  } catch {
    return { kind: 'unavailable' }
  }
}
