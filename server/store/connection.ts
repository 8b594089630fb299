import { createHash } from 'node:crypto'
import { StoreError } from '../../src/internal.js'
import { SCRIPT } from './script.js'

/** What the store uses of a client of `@redis/client`, version 5 or 6. */
export interface RedisClient {
  connect(): Promise<unknown>
  destroy(): void
  duplicate(): RedisClient
  on(event: 'error' | 'ready' | 'end', listener: (error?: unknown) => void): unknown
  scriptLoad(script: string): Promise<unknown>
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
}

export type CreateClient = (options: object) => RedisClient

/** Runs an operation of the script. Rejects with a {@link StoreError} while Redis cannot be reached. */
export type Run = (operation: string, args?: object) => Promise<Record<string, never>>

/** Loads `@redis/client`, which only users of a store have to install. */
export async function loadCreateClient(): Promise<CreateClient> {
  try {
    const name = '@redis/client'
    return (await import(name)).createClient
  } catch {
    throw new StoreError('`store` needs the package @redis/client: npm install @redis/client')
  }
}

const SHA = createHash('sha1').update(SCRIPT).digest('hex')

/** Creates the function that runs operations. */
export function createRun(client: RedisClient, prefix: string): Run {
  const call = (operation: string, args: object) =>
    client.evalSha(SHA, { keys: [prefix], arguments: [operation, JSON.stringify(args)] })

  return async (operation, args = {}) => {
    try {
      return JSON.parse(String(await call(operation, args).catch(reload(operation, args))))
    } catch (error) {
      throw new StoreError(`the store cannot be reached (${describe(error)})`)
    }
  }

  /** A restarted Redis has lost the script. */
  function reload(operation: string, args: object) {
    return async (error: unknown) => {
      if (!String(error).includes('NOSCRIPT')) throw error
      await client.scriptLoad(SCRIPT)
      return call(operation, args)
    }
  }
}

/** An error's code or the first words of its message. Never the URL, which may hold a password. */
function describe(error: unknown): string {
  const { code, message = 'no connection' } = Object(error)
  return typeof code === 'string' ? code : (String(message).split('\n')[0]?.slice(0, 80) ?? '')
}
