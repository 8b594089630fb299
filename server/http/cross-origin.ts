import type { IncomingHttpHeaders } from 'node:http'

/** The most characters of an origin that a hint quotes. */
const MOST_QUOTED = 100

/** Explains a call that a browser sends from another origin, and whose reply the browser withholds. */
export function explainCrossOrigin({ origin, host }: IncomingHttpHeaders): string | undefined {
  if (origin === undefined || isSameHost(origin, host)) return undefined
  return `A browser sent this from the origin ${origin.slice(0, MOST_QUOTED)}. Like ZapSign, the mock sends no CORS headers, so the browser withholds the reply. Call ZapSign from your server; for local work, allow the call with --cors or { cors: true }.`
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.replace(/^https?:\/\//i, '') === host
}
