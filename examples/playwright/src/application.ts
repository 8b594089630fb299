import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listDocuments, refresh, signIn, type Tokens } from './zapsign.js'

const MESSAGES = {
  refused: 'The e-mail or the password is wrong.',
  rateLimited: 'Too many attempts. Wait a minute.',
  unavailable: 'ZapSign does not answer. Try again later.',
}

/** A web application whose users sign in with their ZapSign account. Their tokens stay on the server. */
export async function startApplication() {
  const sessions = new Map<string, Tokens>()

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname !== '/') return response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (request.method !== 'POST') return response.end(await home(sessionOf(request)))
    const form = await formOf(request)
    const login = await signIn(form.get('username') ?? '', form.get('password') ?? '')
    if (login.kind !== 'ok') return response.end(signInPage(MESSAGES[login.kind]))
    const id = randomUUID()
    sessions.set(id, login.value)
    const cookie = `session=${id}; HttpOnly; SameSite=Strict`
    response.writeHead(303, { location: '/', 'set-cookie': cookie }).end()
  })

  async function home(id: string): Promise<string> {
    const tokens = sessions.get(id)
    if (!tokens) return signInPage('')
    let documents = await listDocuments(tokens.access)
    if (documents.kind === 'refused') {
      const refreshed = await refresh(tokens.refresh)
      if (refreshed.kind === 'refused') {
        sessions.delete(id)
        return signInPage('Your session has expired.')
      }
      if (refreshed.kind !== 'ok') return page(MESSAGES[refreshed.kind])
      tokens.access = refreshed.value.access
      documents = await listDocuments(tokens.access)
    }
    if (documents.kind !== 'ok') return page(MESSAGES[documents.kind])
    return page(`<h1>Your documents</h1><p>${documents.value.results.length} documents</p>`)
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function sessionOf({ headers }: IncomingMessage): string {
  return /(?:^|; )session=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? ''
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return new URLSearchParams(text)
}

function signInPage(message: string): string {
  return page(`<h1>Sign in</h1><p role="alert">${message}</p><form method="post">
    <label>E-mail <input name="username" type="email" required></label>
    <label>Password <input name="password" type="password" required></label>
    <button>Sign in</button></form>`)
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><title>Documents</title>${content}`
}
