import { networkInterfaces } from 'node:os'
import { isLoopback } from '../../control/loopback.js'
import type { Printer } from './print.js'

/** Says that other machines can call the mock, and where. Prints nothing if only this machine can. */
export function printNetwork(url: string, host: string | undefined, { print }: Printer): void {
  const urls = networkUrls(url, host)
  if (urls.length > 0) print(`Other machines can call the mock at ${urls.join(', ')}`)
}

/** The addresses at which other machines reach a server. */
export function networkUrls(
  url: string,
  host: string | undefined,
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): string[] {
  const { protocol, hostname, port } = new URL(url)
  if (!isUnspecified(host)) return isLoopback(hostname) ? [] : [url]
  const addresses = Object.values(interfaces).flatMap((list = []) => list)
  return addresses
    .filter(({ internal, family, scopeid }) => {
      const isReachable = !internal && !scopeid
      return isReachable && (family === 'IPv4' || hostname.startsWith('['))
    })
    .map(({ family, address }) => {
      const name = family === 'IPv6' ? `[${address}]` : address
      return `${protocol}//${name}:${port}`
    })
}

/** Whether an address means all addresses of this machine: `0.0.0.0`, `::` and their other forms. */
function isUnspecified(host = ''): boolean {
  return /^[0.:]{1,39}$/.test(host)
}
