// A program that uses every entry. `types.ts` compiles it in packages of both kinds, with and without
// "type": "module", under several versions of TypeScript and in every way to resolve modules.
import { createServer } from 'node:http'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import {
  createUsers,
  createZapSign,
  type User,
  type ZapSign,
  type ZapSignOptions,
} from 'zapsign-mock'
import {
  type Client,
  checkClient,
  openapi,
  type PromiseName,
  promises,
  verifyProvider,
} from 'zapsign-mock/contracts'
import { createHandlers, matchers, requireBearer } from 'zapsign-mock/mocks'
import { createApp, startServer, type ZapSignServer } from 'zapsign-mock/server'

const options: ZapSignOptions = { loginLimit: { attempts: 3, window: '10s' } }
const zapsign: ZapSign = createZapSign(options)
export const server = setupServer(
  ...createHandlers(zapsign, { pages: true }),
  http.get(
    'https://x.example',
    requireBearer(zapsign, ({ user }) => HttpResponse.json({ name: user?.username })),
  ),
)
createServer(createApp(zapsign))
const client: Client = { obtainToken: async () => ({ kind: 'rateLimited' }) }
export const name: PromiseName = 'authenticated'
export async function main(): Promise<boolean> {
  const users: User[] = await createUsers({ count: 2 })
  const { url }: ZapSignServer = await startServer({ users, port: 0 })
  const { promises: results } = await checkClient(client, { consumer: url })
  return results.length > 0 && (await verifyProvider({ zapsign })).kept
}
export const texts: string[] = [openapi.info.title]
export const fourth = [matchers.toHaveRefreshed, promises[name].description]

// @ts-expect-error a lifetime has a number and a unit
createZapSign({ accessLifetime: 'soon' })
// @ts-expect-error such an outcome does not exist
zapsign.outcomes.next('unauthorised')
