import type { OutcomeName, ZapSign } from '../src/index.js'

export const JSON_TYPE = { 'content-type': 'application/json' }

export const OBTAIN = 'https://api.zapsign.com.br/api/v1/auth/token/11111/'
export const REFRESH = 'https://api.zapsign.com.br/api/v1/auth/token-refresh/'
export const DOCS = 'https://api.zapsign.com.br/api/v1/docs/'
export const USERS = 'https://api.zapsign.com.br/api/v1/users/'

/** The documentation's example, which the mock takes by default. */
export const CREDENTIALS = { username: 'dev@example.com.br', password: 'StrongPassword123' }

export const TOO_MANY = { message: 'Rate limit exceeded' }
export const WRONG_CREDENTIALS = {
  detail: 'No active account found with the given credentials',
}

/** Every outcome that does not keep a client waiting. */
export const ANSWERED_OUTCOMES: readonly OutcomeName[] = [
  'authenticated',
  'invalidCredentials',
  'rateLimited',
  'tooManyRequests',
  'serverError',
  'badGateway',
  'serviceUnavailable',
  'connectionReset',
  'malformedBody',
]

/** A whole answer, to compare with one assertion. */
export interface Answered {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** Reads a response to its end; a JSON body as the value that it holds. */
export async function read(response: Response): Promise<Answered> {
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson && text ? JSON.parse(text) : text,
  }
}

/** Posts a value as JSON. */
export function post(zapsign: ZapSign, url: string, body: unknown, init: RequestInit = {}) {
  return zapsign.fetch(url, {
    method: 'POST',
    ...init,
    headers: { ...JSON_TYPE, ...init.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Signs in as the documentation's example user, with the given changes. */
export function signIn(
  zapsign: ZapSign,
  credentials: Partial<typeof CREDENTIALS> = {},
  url = OBTAIN,
) {
  return post(zapsign, url, { ...CREDENTIALS, ...credentials })
}

/** Tries to sign in with a wrong password, `times` times in a row. */
export async function failToSignIn(
  zapsign: ZapSign,
  times: number,
  username = CREDENTIALS.username,
) {
  const statuses: number[] = []
  for (let index = 0; index < times; index += 1) {
    const response = await signIn(zapsign, { username, password: 'wrong' })
    statuses.push(response.status)
  }
  return statuses
}

/** Calls a protected page. */
export function call(zapsign: ZapSign, authorization?: string, url = DOCS, init: RequestInit = {}) {
  return zapsign.fetch(url, {
    ...init,
    headers: authorization === undefined ? {} : { authorization },
  })
}

/** The payload of a token, unchecked. */
export function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** The header of a token, as its bytes. */
export function headerOf(token: string): string {
  return Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()
}
