import type { IncomingMessage } from 'node:http'

/** The parts of a request that a guard reads. The path is the whole path, wherever the app is mounted. */
export function toGuarded(request: IncomingMessage & { originalUrl?: string }) {
  const { method = '', headersDistinct } = request
  const target = (request.originalUrl ?? request.url ?? '').replace(/^https?:\/\/[^/?]*/i, '')
  const [path = ''] = target.split('?', 1)
  const get = (name: string) => headersDistinct[name.toLowerCase()]?.join(', ') ?? null
  return { method, path, query: target.slice(path.length + 1), headers: { get } }
}
