// Signs in to ZapSign with axios, and proves that it keeps the contract: tsx client.ts
import axios, { type AxiosInstance } from 'axios'

/** Signs in when it has to, and keeps what it was given. */
export class Session {
  private readonly http: AxiosInstance
  private access: string | undefined

  constructor(
    apiUrl: string,
    private refreshToken?: string,
  ) {
    this.http = axios.create({
      baseURL: apiUrl,
      timeout: 10_000,
      maxRedirects: 0,
      // Which statuses are an error is decided below.
      validateStatus: null,
    })
  }

  async signIn(organizationId: string, username: string, password: string): Promise<void> {
    const path = `/auth/token/${encodeURIComponent(organizationId)}/`
    const { status, data } = await this.http.post(path, { username, password })
    if (status === 401) throw new Refused('invalidCredentials')
    if (status === 400 && data.message === 'Rate limit exceeded') throw new Refused('rateLimited')
    if (status !== 200) throw new Error(`ZapSign answered the login with ${status}`)
    this.access = token(data.access)
    this.refreshToken = token(data.refresh)
  }

  async refresh(): Promise<void> {
    const body = { refresh: this.refreshToken }
    const { status, data } = await this.http.post('/auth/token-refresh/', body)
    if (status === 401) throw new Refused('refreshRefused')
    if (status !== 200) throw new Error(`ZapSign answered the refresh with ${status}`)
    this.access = token(data.access)
  }

  /** One page of documents. */
  async documents(access = this.access): Promise<unknown[]> {
    const headers = { Authorization: `Bearer ${access}` }
    const { status, data } = await this.http.get('/docs/', { headers, params: { page: 1 } })
    if (status === 401 || status === 403) throw new Refused('expired')
    if (status !== 200 || !Array.isArray(data.results))
      throw new Error(`ZapSign answered with ${status}`)
    return data.results
  }
}

/** An answer of ZapSign's that a program can do something about. */
export class Refused extends Error {
  constructor(
    readonly reason: 'invalidCredentials' | 'rateLimited' | 'refreshRefused' | 'expired',
  ) {
    super(`ZapSign refused: ${reason}`)
  }
}

function token(value: unknown): string {
  if (typeof value === 'string' && value.split('.').length === 3) return value
  throw new Error('ZapSign sent no token')
}

/** What `zapsign-mock contract` puts into the environment. */
function env(name: string): string {
  return process.env[`ZAPSIGN_${name}`] ?? ''
}

const session = (refreshToken?: string) => new Session(env('API_URL'), refreshToken)
const organization = env('ORGANIZATION_ID')

const calls: Record<string, () => Promise<unknown>> = {
  authenticated: () => session().signIn(organization, env('USERNAME'), env('PASSWORD')),
  invalidCredentials: () => session().signIn(organization, env('USERNAME'), env('WRONG_PASSWORD')),
  rateLimited: () => session().signIn(organization, env('BLOCKED_USERNAME'), env('PASSWORD')),
  refreshed: () => session(env('REFRESH_TOKEN')).refresh(),
  refreshRefused: () => session(env('EXPIRED_REFRESH_TOKEN')).refresh(),
  authorized: () => session().documents(env('ACCESS_TOKEN')),
  expired: () => session().documents(env('EXPIRED_ACCESS_TOKEN')),
}
const succeed = ['authenticated', 'refreshed', 'authorized']

async function main(): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    const outcome = await call().then(
      () => 'success',
      (error: unknown) => (error instanceof Refused ? error.reason : String(error)),
    )
    const isUnderstood = outcome === (succeed.includes(name) ? 'success' : name)
    console.log(isUnderstood ? `ok ${name}` : `NOT OK ${name}: understood ${outcome}`)
    if (!isUnderstood) process.exitCode = 1
  }
}

main()
