import { LITERALS, type PromiseName } from '../promises.js'
import type { Recording } from './record.js'

/** The environment variables that a client under contract is run with. */
export function environmentFor({ url, given }: Pick<Recording, 'url' | 'given'>) {
  return {
    ZAPSIGN_BASE_URL: url,
    ZAPSIGN_API_URL: `${url}/api/v1`,
    ZAPSIGN_ORGANIZATION_ID: LITERALS.organizationId,
    ZAPSIGN_USERNAME: LITERALS.username,
    ZAPSIGN_PASSWORD: LITERALS.password,
    ZAPSIGN_WRONG_PASSWORD: LITERALS.wrongPassword,
    ZAPSIGN_BLOCKED_USERNAME: LITERALS.blockedUsername,
    ZAPSIGN_REFRESH_TOKEN: given.refreshToken,
    ZAPSIGN_EXPIRED_REFRESH_TOKEN: given.expiredRefreshToken,
    ZAPSIGN_ACCESS_TOKEN: given.accessToken,
    ZAPSIGN_EXPIRED_ACCESS_TOKEN: given.expiredAccessToken,
  }
}

/** What a client must do to keep a promise, by the names of its environment variables. */
export const CLIENT_MUST = {
  authenticated:
    'The client must sign in at ZAPSIGN_BASE_URL with ZAPSIGN_USERNAME and ZAPSIGN_PASSWORD.',
  invalidCredentials:
    'The client must sign in at ZAPSIGN_BASE_URL with ZAPSIGN_USERNAME and ZAPSIGN_WRONG_PASSWORD.',
  rateLimited:
    'The client must sign in at ZAPSIGN_BASE_URL with ZAPSIGN_BLOCKED_USERNAME and ZAPSIGN_PASSWORD.',
  refreshed: 'The client must refresh with the token in ZAPSIGN_REFRESH_TOKEN.',
  refreshRefused: 'The client must refresh with the token in ZAPSIGN_EXPIRED_REFRESH_TOKEN.',
  authorized: 'The client must call /api/v1/docs/ with the token in ZAPSIGN_ACCESS_TOKEN.',
  expired: 'The client must call /api/v1/docs/ with the token in ZAPSIGN_EXPIRED_ACCESS_TOKEN.',
} as const satisfies Record<PromiseName, string>
