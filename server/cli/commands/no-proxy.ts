/**
 * The variables that exclude the mock from proxy settings: `*` if they exclude every host already, else
 * the entries of both variables and the hosts of the mock.
 */
export function withoutProxy(
  { NO_PROXY = '', no_proxy = '' }: NodeJS.ProcessEnv,
  url: string | undefined,
): Record<'NO_PROXY' | 'no_proxy', string> {
  const { hostname = '' } = url === undefined ? {} : new URL(url)
  // Some programs expect brackets around an IPv6 address here, others do not.
  const hosts = ['127.0.0.1', 'localhost', hostname, hostname.replace(/^\[|\]$/g, '')]
  const entries = [...NO_PROXY.split(','), ...no_proxy.split(','), ...hosts]
  const unique = [...new Set(entries.map((entry) => entry.trim()))].filter(Boolean)
  const value = unique.includes('*') ? '*' : unique.join(',')
  return { NO_PROXY: value, no_proxy: value }
}
