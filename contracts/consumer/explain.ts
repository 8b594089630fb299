import type { SentRequest } from '../http.js'
import { LITERALS, PROMISE_NAMES, type PromiseName, promises } from '../promises.js'
import type { Difference } from './differences/difference.js'
import { normalizePath } from './differences/path.js'
import { differencesOf, isSpecified } from './differences/request.js'

/** The promise whose request this is, without any difference. */
export function specifiedAs(request: SentRequest): PromiseName | undefined {
  return PROMISE_NAMES.find((name) => isSpecified(request, promises[name].request))
}

/**
 * The promise that a request was meant for: the one that it matches, or the one that its credentials,
 * its tokens and its path suggest. `undefined` for a request that no promise is about, such as creating
 * a document. The page of the promises about access tokens counts only when one of these
 * promises is asked for.
 */
export function meantFor(
  request: SentRequest,
  asked: readonly PromiseName[],
): PromiseName | undefined {
  return specifiedAs(request) ?? guess(request, asked)
}

function guess(request: SentRequest, asked: readonly PromiseName[]): PromiseName | undefined {
  const path = normalizePath(request.path)
  return guessLogin(request, path) ?? guessRefresh(request, path) ?? guessPage(request, path, asked)
}

const AUTH = '/api/v1/auth'

/** Documents name people by their e-mail addresses: alone, a user name there is not a login. */
function isOtherApi(path: string): boolean {
  return path.startsWith('/api/v1/') && !path.startsWith(AUTH)
}

function guessLogin(request: SentRequest, path: string): PromiseName | undefined {
  const holds = finder(request)
  const hasPassword = holds('wrongPassword') || holds('password')
  const hasUsername = holds('username') || holds('blockedUsername')
  if (!hasPassword && (!hasUsername || isOtherApi(path))) return undefined
  if (holds('blockedUsername')) return 'rateLimited'
  return holds('wrongPassword') ? 'invalidCredentials' : 'authenticated'
}

/** Everything else below `/auth`, and a refresh token in any place. */
function guessRefresh(request: SentRequest, path: string): PromiseName | undefined {
  const holds = finder(request)
  const isExpired = holds('expiredAccessToken') || holds('expiredRefreshToken')
  const hasRefresh = holds('refreshToken') || holds('expiredRefreshToken')
  if (path.startsWith(AUTH) && /refresh/i.test(path)) {
    // Some clients also send their access token. The token in the body decides.
    const inBody = finder({ ...request, headers: {} })
    return isExpired && !inBody('refreshToken') ? 'refreshRefused' : 'refreshed'
  }
  if (hasRefresh && isOtherApi(path)) return isExpired ? 'expired' : 'authorized'
  if (hasRefresh) return isExpired ? 'refreshRefused' : 'refreshed'
  return path.startsWith(AUTH) ? 'authenticated' : undefined
}

const PAGE = promises.authorized.request.path

function guessPage(
  request: SentRequest,
  path: string,
  asked: readonly PromiseName[],
): PromiseName | undefined {
  const isAsked = asked.includes('authorized') || asked.includes('expired')
  const isPage = path === PAGE || `${path}/` === PAGE
  // A client that works with documents creates some.
  const isCreation = request.method === 'POST' && request.body !== ''
  if (!isAsked || !isPage || isCreation) return undefined
  return finder(request)('expiredAccessToken') ? 'expired' : 'authorized'
}

/** The promise about access tokens that a request comes closest to, when it holds one of the given tokens. */
export function closestTo(request: SentRequest): PromiseName | undefined {
  const holds = finder(request)
  if (holds('expiredAccessToken')) return 'expired'
  return holds('accessToken') ? 'authorized' : undefined
}

/** Looks for given values in the whole request, percent-encoded or not. */
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

/** The differences between a request and the request of the promise that it was meant for. */
export function differencesFrom(request: SentRequest, name: PromiseName): Difference[] {
  return differencesOf(request, promises[name].request)
}
