import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StoreError } from '../../src/internal.js'

/** What the store uses of a client of `@redis/client`, version 5 or 6. */
export interface RedisClient {
  connect(): Promise<unknown>
  destroy(): void
  on(event: 'error' | 'end', listener: (error?: unknown) => void): unknown
  scriptLoad(script: string): Promise<unknown>
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
}

export type CreateClient = (options: object) => RedisClient

const NAME = '@redis/client'

/** Loads `@redis/client`, which only users of a store have to install: next to this package, or in their project. */
export async function loadCreateClient(): Promise<CreateClient> {
  const client = await import(NAME).catch(importFromProject)
  return client.createClient
}

async function importFromProject() {
  try {
    const file = createRequire(join(process.cwd(), 'package.json')).resolve(NAME)
    return await import(pathToFileURL(file).href)
  } catch {
    throw new StoreError(`the package ${NAME} is not installed: npm install ${NAME}`)
  }
}

/**
 * What went wrong, for people: the first words of an error reply of Redis, or the code of a connection's
 * error. Never the URL, which may hold a password.
 */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { code, message = '' } = Object(error)
  const words = String(message).split('\n')[0]?.slice(0, 120) ?? ''
  if (/^[A-Z]{2,}\b/.test(words) && code === undefined)
    return new StoreError(`the store answered with an error: ${words}`)
  return unreachable(typeof code === 'string' ? code : 'no connection')
}

export function unreachable(reason: string): StoreError {
  return new StoreError(`the store cannot be reached (${reason})`)
}
