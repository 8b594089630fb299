import { resolve } from 'node:path'
import type { Login } from '../load/subject.js'
import { fileOf, type Rival } from './rival.js'

const PACKAGE = 'oauth2-mock-server@9.3.0'

const LOGIN: Login = {
  path: '/token',
  type: 'application/x-www-form-urlencoded',
  body: 'grant_type=password&username=dev%40example.com.br&password=StrongPassword123',
}

export const oauth2MockServer: Rival = {
  package: PACKAGE,
  node: 22,
  answer: 'its command: POST /token takes a form and any password, and signs two tokens (RS256)',
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
