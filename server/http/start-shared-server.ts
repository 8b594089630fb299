import { createProvider } from '../../src/internal.js'
import { createControlClient } from '../control/client.js'
import { createRemoteControl } from '../control/connect.js'
import type { Control } from '../control/control-types.js'
import { openStore } from '../store/open-store.js'
import { createNodeSigner } from './create-fast-zapsign.js'
import { type SharedServerOptions, zapsignOptionsOf } from './options.js'
import { controlOf, type Listening, startProvider } from './start-provider.js'

/** A running mock whose state is in a store that other mocks share. */
export interface SharedZapSignServer extends Listening {
  /** What `connect(url)` returns. */
  control: Control
}

/**
 * Starts a mock whose state is in a store. Rejects with a `StoreError` when the store cannot be used,
 * and with a `TypeError` for options that need the state in this process.
 */
export async function startSharedServer(
  options: SharedServerOptions,
): Promise<SharedZapSignServer> {
  assertShareable(options)
  const { provider, store } = await createProvider(
    zapsignOptionsOf(options),
    (settings) =>
      openStore(settings, { url: options.store, prefix: options.storePrefix, onRestored }),
    { createSigner: createNodeSigner },
  )
  try {
    const { app, close, ...server } = await startProvider(provider, options)
    const { token } = Object(controlOf(options))
    return {
      ...server,
      control: createRemoteControl(createControlClient(server.url, { token })),
      async close() {
        await close()
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

function assertShareable(options: SharedServerOptions): void {
  if (!controlOf(options))
    throw new TypeError('`store` needs the control API: leave `control` out, or give it a token.')
  for (const name of ['zapsign', 'routes'] as const)
    if (options[name] !== undefined)
      throw new TypeError(`Cannot combine \`${name}\` with \`store\`.`)
}

function onRestored(): void {
  console.warn(
    'zapsign-mock: The store came back empty. The configured users are there again; counters, clock and journal start afresh.',
  )
}
