import axios, { type AxiosResponse } from 'axios'

export interface Credentials {
  organizationId: string
  username: string
  password: string
}

export interface Tokens {
  access: string
  refresh: string
}

export type Login =
  | ({ kind: 'authenticated' } & Tokens)
  | { kind: 'invalidCredentials' | 'rateLimited' }
export type Refresh = { kind: 'refreshed'; access: string } | { kind: 'refreshRefused' }

/** The settings of every request. A redirect would turn the POST of a path without its slash into a GET. */
export const SETTINGS = { timeout: 10_000, maxRedirects: 0 }

/** ZapSign's two endpoints for tokens. Whether a status is an error is decided here, not by axios. */
export function createAuth(apiUrl: string) {
  const http = axios.create({ ...SETTINGS, baseURL: apiUrl, validateStatus: null })

  return {
    async obtainToken({ organizationId, username, password }: Credentials): Promise<Login> {
      const path = `/auth/token/${encodeURIComponent(organizationId)}/`
      const reply = await http.post(path, { username, password })
      const { status, data } = reply
      if (status === 200) {
        const [access, refresh] = [tokenOf(data, 'access'), tokenOf(data, 'refresh')]
        return { kind: 'authenticated', access, refresh }
      }
      if (status === 401) return { kind: 'invalidCredentials' }
      // A request with a mistake is a 400, too.
      if (status === 400 && data?.message === 'Rate limit exceeded') return { kind: 'rateLimited' }
      throw unexpected('the login', reply)
    },

    async refresh(refresh: string): Promise<Refresh> {
      const reply = await http.post('/auth/token-refresh/', { refresh })
      if (reply.status === 200) return { kind: 'refreshed', access: tokenOf(reply.data, 'access') }
      if (reply.status === 401) return { kind: 'refreshRefused' }
      throw unexpected('the refresh', reply)
    },
  }
}

/** An error that holds neither the request nor the reply: both have secrets in them. */
function unexpected(what: string, { status }: AxiosResponse): Error {
  return new Error(`ZapSign answered ${what} with ${status}`)
}

function tokenOf(body: Record<string, unknown> | undefined, name: string): string {
  const token = body?.[name]
  if (typeof token === 'string' && token.split('.').length === 3) return token
  throw new Error(`ZapSign sent no ${name} token`)
}
