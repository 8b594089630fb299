import { createHash } from 'node:crypto'
import type { Settings } from '../../src/internal.js'
import { loadCreateClient } from './redis-client.js'
import { createRedisStore, type RedisStore, type RedisStoreHooks } from './redis-store.js'

interface OpenOptions extends RedisStoreHooks {
  url: string
  prefix?: string | undefined
}

/** Opens the store that a URL names. Rejects with a `StoreError`. */
export async function openStore(
  settings: Settings,
  { url, prefix, ...hooks }: OpenOptions,
): Promise<RedisStore> {
  const createClient = await loadCreateClient()
  const fingerprint = fingerprintOf(settings)
  const own = prefix ?? `zapsign-mock:${fingerprint.slice(0, 16)}`
  const options = { ...hooks, url: toRedisUrl(url), prefix: own, fingerprint }
  return createRedisStore(settings, options, createClient)
}

/** The client knows Valkey's servers, but not their scheme. */
function toRedisUrl(url: string): string {
  return url.replace(/^valkey/, 'redis')
}

/** A hash of the settings that mocks with the same state must share. Functions cannot be compared. */
function fingerprintOf({ messages, warnings, organizations, ...settings }: Settings): string {
  const ids = organizations && [...organizations].sort()
  return createHash('sha256')
    .update(JSON.stringify({ ...settings, organizations: ids }))
    .digest('hex')
}
