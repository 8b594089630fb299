/** Headers that belong to one connection, or that the sender computes: RFC 9110, section 7.6.1. */
const PER_CONNECTION: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Whether a header says something about a connection, and nothing about the request or the reply. */
export function isPerConnection(name: string): boolean {
  return PER_CONNECTION.has(name.toLowerCase())
}
