import { DOCUMENTED_HOSTS } from './hosts.js'

/** A list as `NO_PROXY` contains it, without what would keep COMMAND's calls from the mock. */
export interface ReducedNoProxy {
  value: string
  /** The entries that cover a documented host. */
  removed: string[]
}

/** Servers on this machine are never behind a proxy, as without interception. */
const LOCAL = ['127.0.0.1', 'localhost', '::1']

/** Takes the entries that cover a documented host out of a `NO_PROXY` list. */
export function reduceNoProxy(list: string): ReducedNoProxy {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '')
  const removed = entries.filter(coversDocumentedHost)
  const kept = entries.filter((entry) => !removed.includes(entry))
  return { value: [...new Set([...kept, ...LOCAL])].join(','), removed: [...new Set(removed)] }
}

/**
 * Whether any program reads an entry as covering a documented host. They differ: for some `sign.com.br`
 * covers every name with that ending. Removing too much is harmless, because the proxy follows the
 * original list for all other hosts.
 */
function coversDocumentedHost(entry: string): boolean {
  const suffix = entry
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^[*.]+/, '')
    .replace(/(?<!\.)\.+$/, '')
  return DOCUMENTED_HOSTS.some((host) => host.endsWith(suffix))
}
