import { getProxyForUrl } from './proxies.js'

const PROTOCOLS = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:']

/** The variables that name a proxy for https, in the order in which they count. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/**
 * The proxy that this process's environment names for a URL; `''` if it names no proxy. Throws a
 * `RangeError` if the environment names a proxy of an unknown kind. Its credentials are in no message.
 */
export function upstreamFromEnvironment(): (url: string) => string {
  for (const name of VARIABLES) {
    const value = process.env[name]
    if (!value) continue
    const url = value.includes('://') ? value : `http://${value}`
    if (!URL.canParse(url) || !PROTOCOLS.includes(new URL(url).protocol))
      throw new RangeError(`${name} must be the URL of an HTTP, HTTPS or SOCKS proxy`)
  }
  return (url) => {
    const proxy = getProxyForUrl(url)
    // A proxy without a scheme speaks HTTP, also for https: the library takes the scheme of the URL.
    return isBare(proxy, url) ? proxy.replace(/^https:/, 'http:') : proxy
  }
}

function isBare(proxy: string, url: string): boolean {
  if (!proxy.startsWith('https://') || !url.startsWith('https:')) return false
  return VARIABLES.some((name) => proxy === `https://${process.env[name]}`)
}
