/** Production: "ZapSign Environments", ZapSign docs. */
export const PRODUCTION_URL = 'https://api.zapsign.com.br'

/** Sandbox, which "replicates production exactly": "ZapSign Environments", ZapSign docs. */
export const SANDBOX_URL = 'https://sandbox.api.zapsign.com.br'

/** The host for Brazil, documented next to production. */
export const BRAZIL_URL = 'https://br.api.zapsign.com.br'

/** The hosts that ZapSign documents. */
export const DOCUMENTED_URLS = [PRODUCTION_URL, SANDBOX_URL, BRAZIL_URL] as const

const DOCUMENTED_HOSTS = DOCUMENTED_URLS.map((url) => url.slice('https://'.length))

const DOCUMENTED = new RegExp(
  `^(https?)://(?:${DOCUMENTED_HOSTS.join('|').replaceAll('.', '\\.')})\\.?(?:[:/]|$)`,
  'i',
)

/** Whether a base URL is at one of the hosts that ZapSign documents, with https or http, on any port. */
export function isDocumentedHost(baseUrl: string): boolean {
  return DOCUMENTED.test(baseUrl)
}

/** Whether a base URL is at a documented host, but with http. */
export function isPlainHttp(baseUrl: string): boolean {
  return DOCUMENTED.exec(baseUrl)?.[1]?.toLowerCase() === 'http'
}
