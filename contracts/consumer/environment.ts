import { LITERALS } from '../promises.js'
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
