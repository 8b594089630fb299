import { ZAPSIGN_LOGIN } from '../load/subject.js'

/** A request, as a client of the sign-in sends it. */
export interface Call {
  method: 'GET' | 'POST'
  path: string
  type?: string
  body?: string
  authorization?: string
}

const QUESTIONS = [
  'right credentials',
  'wrong password',
  'no password',
  'broken JSON',
  'text/plain',
  'no final slash',
  'refresh, no token',
  'refresh with an access token',
  'protected call, no header',
  'protected call, expired token',
] as const

/** A call for each question, in order. A tool without such a request leaves it out. */
export type Calls = Partial<Record<(typeof QUESTIONS)[number], Call>>

const { path, type } = ZAPSIGN_LOGIN
const REFRESH = '/api/v1/auth/token-refresh/'
const DOCUMENTS = '/api/v1/docs/'
const login = (fields: object): Call => post(path, type, JSON.stringify(fields))

export function post(path: string, type: string, body: string): Call {
  return { method: 'POST', path, type, body }
}

/** Tokens that the calls present. */
export interface Presented {
  /** An access token that the tool has just issued. */
  access: string
  /** A JWT that has expired, signed with the mock's default key. */
  expired: string
}

export type Dialect = (tokens: Presented) => Calls

/** ZapSign's requests. */
export const zapsignCalls: Dialect = ({ access, expired }) => {
  return {
    'right credentials': post(path, type, ZAPSIGN_LOGIN.body),
    'wrong password': login({ username: 'dev@example.com.br', password: 'wrong' }),
    'no password': login({ username: 'dev@example.com.br' }),
    'broken JSON': post(path, type, '{"username": "dev@example.com.br",'),
    'text/plain': post(path, 'text/plain', ZAPSIGN_LOGIN.body),
    'no final slash': post(path.slice(0, -1), type, ZAPSIGN_LOGIN.body),
    'refresh, no token': post(REFRESH, type, JSON.stringify({ refresh: 'not-a-token' })),
    'refresh with an access token': post(REFRESH, type, JSON.stringify({ refresh: access })),
    'protected call, no header': { method: 'GET', path: DOCUMENTS },
    'protected call, expired token': {
      method: 'GET',
      path: DOCUMENTS,
      authorization: `Bearer ${expired}`,
    },
  }
}
