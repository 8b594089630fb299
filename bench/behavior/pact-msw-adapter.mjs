// Records one login through the mock's MSW handlers with pact-msw-adapter, and prints the pact.
// The argument is the file of the adapter.
import { setupServer } from 'msw/node'
import { createHandlers } from '../../dist/mocks/index.js'

const { setupPactMswAdapter } = await import(process.argv[2])
const server = setupServer(...createHandlers())
server.listen({ onUnhandledRequest: 'error' })
const adapter = setupPactMswAdapter({
  server,
  options: { consumer: 'client', providers: { ZapSign: ['api.zapsign.com.br'] }, timeout: 5000 },
})
adapter.newTest()
await fetch('https://api.zapsign.com.br/api/v1/auth/token/11111/', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username: 'dev@example.com.br', password: 'StrongPassword123' }),
})
await adapter.verifyTest()
await adapter.writeToFile((_, pact) => console.log(JSON.stringify(pact, null, 2)))
server.close()
