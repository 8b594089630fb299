import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const JSON_TYPE = { 'content-type': 'application/json' }
const ORGANIZATION = '/api/v1/auth/token/11111/'
export const CREDENTIALS = { username: 'dev@example.com.br', password: 'StrongPassword123' }

export type Mock = Awaited<ReturnType<typeof startMock>>

/** Starts the command of the packed package, as a user does. */
export async function startMock(bin: string, args: readonly string[] = [], port = 0) {
  const child = spawn(process.execPath, [bin, '--port', String(port), '--json', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // A variable of the developer's shell must not change what is tested.
    env: { PATH: process.env['PATH'] ?? '' },
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const ready: { url: string; port: number } = JSON.parse(line)

  return {
    ...ready,
    console: `${ready.url}/__zapsign/`,
    signIn: (credentials: object = CREDENTIALS) => post(ready.url + ORGANIZATION, credentials),
    post: (path: string, body: object) => post(ready.url + path, body),
    get: (path: string, headers = {}) => fetch(ready.url + path, { headers }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })
}
