import type { SentRequest } from '../http.js'
import { LITERALS, PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import type { Difference } from './differences/difference.js'
import { differencesOf, isSpecified } from './differences/request.js'

/** The promise whose request this is, with no difference. */
export function specifiedAs(request: SentRequest): PromiseName | undefined {
  return PROMISE_NAMES.find((name) => isSpecified(request, promises[name].request))
}

/**
 * The promise that a request was evidently meant for. Where it differs from all of them, the
 * credentials and tokens that the client was given tell, wherever they stand in the request, and
 * where it was sent.
 */
export function meantFor(request: SentRequest): PromiseName | undefined {
  return specifiedAs(request) ?? guess(request)
}

function guess(request: SentRequest): PromiseName | undefined {
  const holds = finder(request)
  if (holds('blockedUsername')) return 'rateLimited'
  if (holds('wrongPassword')) return 'invalidCredentials'
  if (holds('password') || holds('username')) return 'authenticated'
  const isExpired = holds('expiredAccessToken') || holds('expiredRefreshToken')
  const hasToken = isExpired || holds('accessToken') || holds('refreshToken')
  if (/refresh/i.test(request.path)) {
    // Some clients send their access token along: what is to be refreshed stands in the body.
    const inBody = finder({ ...request, headers: {} })
    if (inBody('refreshToken')) return 'refreshed'
    return isExpired ? 'refreshRefused' : 'refreshed'
  }
  if (/\/(docs|users)\b/.test(request.path)) return isExpired ? 'expired' : 'authorized'
  if (!hasToken) return request.path.startsWith('/api/v1/auth/token') ? 'authenticated' : undefined
  const isAccess = holds('accessToken') || holds('expiredAccessToken')
  if (isAccess) return isExpired ? 'expired' : 'authorized'
  return isExpired ? 'refreshRefused' : 'refreshed'
}

/** Looks for given values in all of a request, percent-encoded or not. */
function finder({
  path,
  query,
  headers,
  body,
}: SentRequest): (name: keyof typeof LITERALS) => boolean {
  const text = [path, query, ...Object.values(headers), body].join('\n')
  const decoded = decode(text.replaceAll('+', ' '))
  return (name) => text.includes(LITERALS[name]) || decoded.includes(LITERALS[name])
}

function decode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
}

/** What keeps a request from being the one that it was meant to be. */
export function differencesFrom(request: SentRequest, name: PromiseName): Difference[] {
  return differencesOf(request, promises[name].request)
}

/** The near miss of a request in plain words, sentence by sentence. */
export function explain(request: SentRequest): string[] {
  const name = meantFor(request)
  return name ? differencesFrom(request, name).map(({ nearMiss }) => nearMiss) : []
}
