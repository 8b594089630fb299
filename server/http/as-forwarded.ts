import { type ApiRequest, isDocumentedHost } from '../../src/internal.js'

/**
 * A request as the client sent it to the reverse proxy in front of the mock: with the scheme and the
 * host that `X-Forwarded-Proto` and `X-Forwarded-Host` name. Of a list, the first value is the client's.
 */
export function asForwarded(request: ApiRequest): ApiRequest {
  const { headers, baseUrl = '' } = request
  const proto = firstOf(headers.get('x-forwarded-proto'))?.toLowerCase()
  const host = firstOf(headers.get('x-forwarded-host'))
  const [, scheme = 'http', name = '', mountPath = ''] =
    /^(\w+):\/\/([^/]*)(.*)$/s.exec(baseUrl) ?? []
  const own = isDocumentedHost(`http://${host ?? name}`) ? 'https' : scheme
  const forwarded = proto === 'http' || proto === 'https' ? proto : own
  return {
    ...request,
    headers: host === undefined ? headers : withHost(headers, host),
    baseUrl: `${forwarded}://${host ?? name}${mountPath}`,
  }
}

function firstOf(list: string | null): string | undefined {
  return list?.split(',', 1)[0]?.trim() || undefined
}

function withHost(headers: ApiRequest['headers'], host: string): ApiRequest['headers'] {
  return { get: (name) => (name.toLowerCase() === 'host' ? host : headers.get(name)) }
}
