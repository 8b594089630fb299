import type { Agent } from 'node:http'
import { isIP } from 'node:net'
import { getProxyForUrl } from 'proxy-from-env'

/**
 * The agent for a URL: one that goes through the proxy of `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, or
 * `undefined` where `NO_PROXY` or a loopback address asks for a direct connection. The variables may be
 * in lower case. Rejects when the proxy is not an http or https URL.
 */
export async function proxyAgentFor(url: URL): Promise<Agent | undefined> {
  const proxy = isLoopback(url.hostname) ? '' : getProxyForUrl(url.href)
  if (!proxy) return undefined
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol))
    throw new Error('the proxy in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not an http or https URL')
  // Loaded here: few environments have a proxy.
  if (url.protocol === 'https:') {
    const { HttpsProxyAgent } = await import('https-proxy-agent')
    return new HttpsProxyAgent(proxy)
  }
  const { HttpProxyAgent } = await import('http-proxy-agent')
  return new HttpProxyAgent(proxy)
}

/** A proxy would look for this address on its own machine. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}
