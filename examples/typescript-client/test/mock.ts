import { afterEach } from 'node:test'
import { type StartServerOptions, startServer } from 'zapsign-mock/server'
import { createApi } from '../src/api.js'
import { createSession } from '../src/session.js'

const CREDENTIALS = {
  organizationId: '11111',
  username: 'dev@example.com.br',
  password: 'StrongPassword123',
}

const running: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())))

/** A mock, a session on it, the waits of the session, and a clock that the test moves. */
export async function start(options: StartServerOptions = {}, password = CREDENTIALS.password) {
  const server = await startServer({ warnings: false, ...options })
  running.push(server)
  const waits: number[] = []
  const clock = { now: 0 }
  const api = createApi({
    apiUrl: `${server.url}/api/v1`,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => 1,
  })
  const credentials = { ...CREDENTIALS, password }
  const session = createSession({ api, credentials, now: () => clock.now })
  return { zapsign: server.zapsign, session, waits, clock, list: () => listAll(session) }
}

async function listAll(session: ReturnType<typeof createSession>): Promise<unknown[]> {
  const documents = []
  for await (const document of session.documents()) documents.push(document)
  return documents
}
