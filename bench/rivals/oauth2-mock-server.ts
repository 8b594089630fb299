import { resolve } from 'node:path'
import { type Dialect, post } from '../behavior/calls.js'
import type { Login } from '../load/subject.js'
import { fileOf, type Rival } from './rival.js'

const PACKAGE = 'oauth2-mock-server@9.3.0'

const LOGIN: Login = {
  path: '/token',
  type: 'application/x-www-form-urlencoded',
  body: 'grant_type=password&username=dev%40example.com.br&password=StrongPassword123',
}

const form = (fields: Record<string, string>) =>
  post(LOGIN.path, LOGIN.type, new URLSearchParams(fields).toString())

/** The same questions in the words of OAuth 2. The path has no final slash either way. */
const dialect: Dialect = ({ access, expired }) => ({
  'right credentials': post(LOGIN.path, LOGIN.type, LOGIN.body),
  'wrong password': form({ grant_type: 'password', username: 'dev@example.com.br', password: 'x' }),
  'no password': form({ grant_type: 'password', username: 'dev@example.com.br' }),
  'broken JSON': post(LOGIN.path, 'application/json', '{"grant_type": "password",'),
  'text/plain': post(LOGIN.path, 'text/plain', LOGIN.body),
  'refresh, no token': form({ grant_type: 'refresh_token', refresh_token: 'not-a-token' }),
  'refresh with an access token': form({ grant_type: 'refresh_token', refresh_token: access }),
  'protected call, no header': { method: 'GET', path: '/userinfo' },
  'protected call, expired token': {
    method: 'GET',
    path: '/userinfo',
    authorization: `Bearer ${expired}`,
  },
})

export const oauth2MockServer: Rival = {
  package: PACKAGE,
  node: 22,
  answer: 'its command: POST /token takes a form and any password, and signs two tokens (RS256)',
  dialect,
  subject: (node) => {
    const file = fileOf(PACKAGE, 'oauth2-mock-server/dist/oauth2-mock-server.mjs')
    return {
      login: LOGIN,
      command: (port) => [node, file, '-a', '127.0.0.1', '-p', String(port)],
    }
  },
}

export const oauth2MockServerES256: Rival = {
  package: PACKAGE,
  node: 22,
  answer: 'the same, as a library with a key that signs faster',
  subject: (node) => {
    const library = fileOf(PACKAGE, 'oauth2-mock-server/dist/index.mjs')
    const file = resolve('bench/servers/oauth2-mock-server.mjs')
    return { login: LOGIN, command: () => [node, file, library] }
  },
}
