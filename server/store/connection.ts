import { setTimeout as pause } from 'node:timers/promises'
import type { StoreError } from '../../src/internal.js'
import { type CreateClient, type RedisClient, toStoreError, unreachable } from './redis-client.js'
import { createRun, OPERATION_LIMIT, type Run } from './run.js'
import { within } from './within.js'

/** Milliseconds for everything that a new connection begins with. */
const OPEN_LIMIT = 5000

/** The most milliseconds between two attempts to connect. */
const MOST_PAUSE = 1000

/** Hears of the connection. */
export interface ConnectionHooks {
  onLost?(error: StoreError): void
  /** The connection works again. */
  onBack?(): void
}

export interface ConnectionParts extends ConnectionHooks {
  url: string
  /** Begins every key and the name of every channel. */
  prefix: string
  /** Who hears the messages of each channel. */
  channels: Readonly<Record<string, (message: string) => void>>
  /** Runs first on each new connection. */
  enter(run: Run): Promise<void>
}

/** A connection that comes back by itself. */
export interface Connection {
  run: Run
  close(): void
}

interface Link {
  run: Run
  stopListening(): void
  destroy(): void
}

/**
 * Connects to Redis. Rejects with a {@link StoreError} when that fails. A connection that is lost, or on
 * which an answer is missing, is replaced by a new one. Until then `run` rejects at once.
 */
export async function connect(
  parts: ConnectionParts,
  createClient: CreateClient,
): Promise<Connection> {
  let isClosed = false
  let reason: StoreError = unreachable('no connection')
  let current: Link | undefined
  const links = new Set<Link>()

  function destroyLink(link: Link): void {
    links.delete(link)
    link.destroy()
  }

  /** The other operations on a silent connection have their own time left, in which Redis may still run them. */
  function silence(link: Link, error: unknown): void {
    link.stopListening()
    setTimeout(() => destroyLink(link), OPERATION_LIMIT).unref()
    leave(link, error)
  }

  function lose(link: Link, error: unknown): void {
    destroyLink(link)
    leave(link, error)
  }

  function leave(link: Link, error: unknown): void {
    if (current !== link) return
    current = undefined
    reason = toStoreError(error)
    if (isClosed) return
    parts.onLost?.(reason)
    void reconnect()
  }

  async function reconnect(): Promise<void> {
    for (let attempt = 1; !isClosed; attempt += 1) {
      await pause(Math.min(50 * attempt, MOST_PAUSE))
      const link = isClosed ? undefined : await open().catch(remember)
      if (!link) continue
      if (isClosed) destroyLink(link)
      else parts.onBack?.()
      return
    }
  }

  function remember(error: unknown): undefined {
    reason = toStoreError(error)
  }

  async function open(): Promise<Link> {
    const clients = [0, 1].map(() => createClient(optionsOf(parts.url)))
    const [client, listener] = clients as [RedisClient, RedisClient]
    const link: Link = {
      run: createRun(client, parts.prefix, (error) => silence(link, error)),
      stopListening: () => destroy(listener),
      destroy: () => clients.forEach(destroy),
    }
    links.add(link)
    for (const one of clients) one.on('error', (error) => lose(link, error))
    try {
      await within(enter({ client, listener, link }), OPEN_LIMIT, () => unreachable(SILENT))
    } catch (error) {
      destroyLink(link)
      throw toStoreError(error)
    }
    current = link
    return link
  }

  async function enter({
    client,
    listener,
    link,
  }: Record<'client' | 'listener', RedisClient> & { link: Link }) {
    await Promise.all([client.connect(), listener.connect()])
    for (const [name, listen] of Object.entries(parts.channels))
      await listener.subscribe(`${parts.prefix}:${name}`, listen)
    await parts.enter(link.run)
  }

  await open()
  return {
    run: async (...call) => {
      const link = current
      if (!link) throw reason
      return link.run(...call).catch((error) => {
        throw current === link ? error : reason
      })
    },
    close() {
      isClosed = true
      current = undefined
      links.forEach(destroyLink)
    },
  }
}

const SILENT = `no answer within ${OPEN_LIMIT / 1000} s`

/** A client that connects once: it does not notice by itself that Redis hangs while it connects. */
function optionsOf(url: string) {
  return {
    url,
    disableOfflineQueue: true,
    // `run` has a limit of its own, which costs less than an AbortSignal for each command.
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: 3000, reconnectStrategy: false },
  }
}

/** A client of version 5 throws when it is closed already. */
function destroy(client: RedisClient): void {
  try {
    client.destroy()
  } catch {}
}
