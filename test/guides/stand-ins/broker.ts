import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPactBroker } from '../../contracts/provider/pact-broker.js'

/** Starts the stand-in for a Pact broker. Returns the variables that lead to it. */
export async function startBroker() {
  const token = 'the-token-of-the-broker'
  const { listener } = createPactBroker({ pacts: {}, authorization: `Bearer ${token}` })
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    env: { PACT_BROKER_BASE_URL: `http://127.0.0.1:${port}`, PACT_BROKER_TOKEN: token },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
