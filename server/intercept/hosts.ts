import { domainToASCII } from 'node:url'
import { BRAZIL_URL, PRODUCTION_URL, SANDBOX_URL } from '../../src/internal.js'

/** The hosts that ZapSign documents, and no others: "ZapSign Environments", ZapSign docs. */
export const DOCUMENTED_HOSTS: readonly string[] = [PRODUCTION_URL, SANDBOX_URL, BRAZIL_URL].map(
  (url) => new URL(url).hostname,
)

/** A host name as DNS compares it: lower case, ASCII, without final dots. */
function normalizeHost(host: string): string {
  const bare = host
    .trim()
    .toLowerCase()
    .replace(/(?<!\.)\.+$/, '')
  return domainToASCII(bare) || bare
}

/** Whether a host name, written in any way that DNS accepts, is one of the documented hosts. */
export function isDocumentedHost(host: string): boolean {
  return DOCUMENTED_HOSTS.includes(normalizeHost(host))
}
