import type { RequestListener } from 'node:http'
import { createProvider } from '../../src/internal.js'
import { createControlClient } from '../control/client.js'
import { createRemoteControl } from '../control/connect.js'
import type { Control } from '../control/control-types.js'
import { openStore } from '../store/open-store.js'
import type { RedisStore, RedisStoreHooks } from '../store/redis-store.js'
import { createNodeSigner } from './create-fast-zapsign.js'
import { loadRoutes } from './load-routes.js'
import { type SharedServerOptions, zapsignOptionsOf } from './options.js'
import { controlOf, type Listening, type ProviderHooks, startProvider } from './start-provider.js'

/** What people read when Redis has lost the state. */
export const RESTORED =
  'The store came back empty. The configured users are there again; counters, clock and journal start afresh.'

/** A running mock whose state is in a store that other mocks share. */
export interface SharedZapSignServer extends Listening {
  /** What `connect(url)` returns. */
  control: Control
}

/** Hears what happens to the server and its store. */
export type SharedHooks = RedisStoreHooks & Omit<ProviderHooks, 'createRoutes'>

/**
 * Starts a mock whose state is in a store. Rejects with a `StoreError` when the store cannot be used,
 * and with a `TypeError` for options that need the state in this process.
 */
export async function startSharedServer(
  options: SharedServerOptions,
): Promise<SharedZapSignServer> {
  const control = controlOf(options)
  if (!control)
    throw new TypeError('`store` needs the control API: leave `control` out, or give it a token.')
  if (options.zapsign !== undefined) throw new TypeError('Cannot combine `zapsign` with `store`.')
  const { app, store, ...server } = await startSharedApp(options, { onRestored: warnOfRestored })
  return {
    ...server,
    control: createRemoteControl(createControlClient(server.url, { token: control.token })),
  }
}

function warnOfRestored(): void {
  console.warn(`zapsign-mock: ${RESTORED}`)
}

/** Starts the mock as {@link startSharedServer} does, whether or not it has a control API. */
export async function startSharedApp(
  options: SharedServerOptions,
  { nameOf, warn, certificates, ...hooks }: SharedHooks,
): Promise<Listening & { app: RequestListener; store: RedisStore }> {
  refuseSequences(options)
  const { store: url, storePrefix: prefix } = options
  const { provider, store } = await createProvider(
    zapsignOptionsOf(options),
    (settings) => openStore(settings, { ...hooks, url, prefix }),
    { createSigner: createNodeSigner },
  )
  try {
    const listening = await startProvider(provider, options, {
      nameOf,
      warn,
      certificates,
      createRoutes: (closing) => loadRoutes(options, provider, closing),
    })
    return {
      ...listening,
      store,
      async close() {
        await listening.close()
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

/** Each process would count on its own. */
function refuseSequences({ routes }: SharedServerOptions): void {
  if (!Array.isArray(routes)) return
  const index = routes.findIndex((route) => Object(route).replies !== undefined)
  if (index >= 0) throw new TypeError(`Cannot combine \`routes[${index}].replies\` with \`store\`.`)
}
