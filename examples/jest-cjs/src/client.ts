import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import { type Credentials, createAuth, SETTINGS, type Tokens } from './auth'

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Whether the request is sent again, with a new token. */
    isSecond?: boolean
  }
}

/** Refused credentials. Another login with them gets closer to the login limit, so there is none. */
export class SignInRefused extends Error {}

/** An axios instance that signs in by itself: interceptors add the access token, and renew it. */
export function createClient(apiUrl: string, credentials: Credentials): AxiosInstance {
  const auth = createAuth(apiUrl)
  let tokens: Tokens | undefined
  let renewal: Promise<string> | undefined
  let refusal: SignInRefused | undefined

  /** Requests that need a token at the same time wait for one renewal. */
  function renew(): Promise<string> {
    renewal ??= obtain().finally(() => {
      renewal = undefined
    })
    return renewal
  }

  async function obtain(): Promise<string> {
    const refreshed = tokens && (await auth.refresh(tokens.refresh))
    if (tokens && refreshed?.kind === 'refreshed') {
      tokens = { ...tokens, access: refreshed.access }
      return tokens.access
    }
    tokens = await signIn()
    return tokens.access
  }

  async function signIn(): Promise<Tokens> {
    if (refusal) throw refusal
    const login = await auth.obtainToken(credentials)
    if (login.kind === 'authenticated') return login
    refusal = new SignInRefused(login.kind)
    throw refusal
  }

  const client = axios.create({ ...SETTINGS, baseURL: apiUrl, validateStatus: null })

  client.interceptors.request.use(async (config) => {
    config.headers.setAuthorization(`Bearer ${tokens?.access ?? (await renew())}`)
    return config
  })

  client.interceptors.response.use(async (response) => {
    if (!isExpired(response) || response.config.isSecond) return response
    // Another request may have renewed the token while this one was on its way.
    const sent = response.config.headers.get('Authorization')
    if (sent === `Bearer ${tokens?.access}`) await renew()
    return client.request({ ...response.config, isSecond: true })
  })

  return client
}

/** ZapSign's pages show 401 and 403 for an expired token: the code tells it from other refusals. */
export function isExpired({ status, data }: AxiosResponse): boolean {
  return status === 401 || data?.code === 'token_not_valid'
}
