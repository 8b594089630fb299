// Signs in to ZapSign with fetch, and proves that it keeps the contract: tsx client.ts

export type Login =
  | { kind: 'authenticated'; access: string; refresh: string }
  | { kind: 'invalidCredentials' }
  | { kind: 'rateLimited' }

export class ZapSign {
  constructor(private readonly apiUrl: string) {}

  async obtainToken(organizationId: string, username: string, password: string): Promise<Login> {
    const path = `/auth/token/${encodeURIComponent(organizationId)}/`
    const { status, body } = await this.post(path, { username, password })
    if (status === 200) {
      return {
        kind: 'authenticated',
        access: token(body, 'access'),
        refresh: token(body, 'refresh'),
      }
    }
    if (status === 401) return { kind: 'invalidCredentials' }
    if (status === 400 && body['message'] === 'Rate limit exceeded') return { kind: 'rateLimited' }
    throw new Error(`ZapSign answered the login with ${status}`)
  }

  /** Resolves to a new access token, or to nothing: then it is time to sign in again. */
  async refresh(refresh: string): Promise<string | undefined> {
    const { status, body } = await this.post('/auth/token-refresh/', { refresh })
    if (status === 200) return token(body, 'access')
    if (status === 401) return undefined
    throw new Error(`ZapSign answered the refresh with ${status}`)
  }

  /** Resolves to documents, or to nothing where the access token is no longer accepted. */
  async listDocuments(access: string): Promise<unknown[] | undefined> {
    const { status, body } = await this.send('/docs/?page=1', {
      headers: { authorization: `Bearer ${access}` },
    })
    if (status === 401 || status === 403) return undefined
    if (status === 200 && Array.isArray(body['results'])) return body['results']
    throw new Error(`ZapSign answered with ${status}`)
  }

  private post(path: string, body: object) {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  private async send(path: string, init: RequestInit) {
    const signal = AbortSignal.timeout(10_000)
    // A redirect would turn the POST of a path without its slash into a GET.
    const response = await fetch(this.apiUrl + path, { ...init, signal, redirect: 'error' })
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    const body: Record<string, unknown> = isJson ? await response.json() : {}
    return { status: response.status, body }
  }
}

function token(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value.split('.').length === 3) return value
  throw new Error(`ZapSign sent no ${name} token`)
}

/** What `zapsign-mock contract` puts into the environment. */
function env(name: string): string {
  return process.env[`ZAPSIGN_${name}`] ?? ''
}

async function main(): Promise<void> {
  const zapsign = new ZapSign(env('API_URL'))
  const login = async (username: string, password: string) =>
    (await zapsign.obtainToken(env('ORGANIZATION_ID'), env(username), env(password))).kind

  const checks = {
    authenticated: (await login('USERNAME', 'PASSWORD')) === 'authenticated',
    invalidCredentials: (await login('USERNAME', 'WRONG_PASSWORD')) === 'invalidCredentials',
    rateLimited: (await login('BLOCKED_USERNAME', 'PASSWORD')) === 'rateLimited',
    refreshed: (await zapsign.refresh(env('REFRESH_TOKEN'))) !== undefined,
    refreshRefused: (await zapsign.refresh(env('EXPIRED_REFRESH_TOKEN'))) === undefined,
    authorized: (await zapsign.listDocuments(env('ACCESS_TOKEN'))) !== undefined,
    expired: (await zapsign.listDocuments(env('EXPIRED_ACCESS_TOKEN'))) === undefined,
  }
  for (const [name, isUnderstood] of Object.entries(checks)) {
    console.log(`${isUnderstood ? 'ok' : 'NOT OK'} ${name}`)
  }
  process.exitCode = Object.values(checks).every(Boolean) ? 0 : 1
}

main()
