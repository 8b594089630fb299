// Runs under any runtime, without a test runner. Prints one JSON object: what works there.
import { getResponse, HttpResponse, http } from 'msw'
import { createZapSign } from 'zapsign-mock'
import { createHandlers } from 'zapsign-mock/mocks'
import { startServer } from 'zapsign-mock/server'

const URL_OF_LOGIN = 'https://api.zapsign.com.br/api/v1/auth/token/11111/'
const LOGIN = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' }),
}

const results = {}
async function attempt(name, run) {
  try {
    results[name] = (await run()) === 200 ? 'works' : 'answers wrongly'
  } catch (error) {
    results[name] = `fails: ${error.message}`.slice(0, 120)
  }
}

await attempt('core', async () => (await createZapSign().fetch(URL_OF_LOGIN, LOGIN)).status)

await attempt('server', async () => {
  const { url, close } = await startServer()
  const { status } = await fetch(`${url}/api/v1/auth/token/11111/`, LOGIN)
  await close()
  return status
})

await attempt('handlers', async () => {
  const response = await getResponse(createHandlers(), new Request(URL_OF_LOGIN, LOGIN))
  return response?.status
})

async function intercept(handlers) {
  const { setupServer } = await import('msw/node')
  const server = setupServer(...handlers)
  server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' })
  try {
    return (await fetch(URL_OF_LOGIN, { ...LOGIN, signal: AbortSignal.timeout(5000) })).status
  } finally {
    server.close()
  }
}

// A handler of msw's own tells what is msw's doing and what is ours.
await attempt('msw alone, intercepting fetch', () =>
  intercept([http.all(URL_OF_LOGIN, () => HttpResponse.json({}))]),
)
await attempt('handlers, intercepting fetch', () => intercept(createHandlers()))

console.log(JSON.stringify(results))
// Under Deno, msw keeps the process alive after it has been closed, with handlers of its own too.
process.exit(0)
