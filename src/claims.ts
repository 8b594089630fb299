import { isPlainObject, OwnError } from './misuse.js'
import type { User } from './state/users.js'

/** What a token of the pair is: the value of its `token_type` claim. */
export type TokenType = 'access' | 'refresh'

/** A token's payload, as it was signed. */
export type Claims = Record<string, unknown>

/** What a token is about to be issued for. */
export interface TokenSubject {
  tokenType: TokenType
  user: User
  organizationId: string
  issuedAt: Date
}

/**
 * Claims to add to ZapSign's own: the same for every token, or made for each of a pair. A refreshed
 * access token has those of its refresh token, as SimpleJWT copies them.
 */
export type ExtraClaims = Claims | ((subject: TokenSubject) => Claims)

/**
 * The claims of a ZapSign token, in order: a real response on the page "Get access token", ZapSign
 * docs, August 2024. No `iat`, `iss`, `aud` or `sub`: a client that needs one fails in production.
 */
export const DOCUMENTED_CLAIMS = [
  'token_type',
  'exp',
  'jti',
  'user_id',
  'company_id',
  'type',
] as const

/** The claims of a new token in their documented order, then the extra ones. */
export function claimsFor(
  subject: TokenSubject,
  token: { expiresAt: number; id: string },
  extra: ExtraClaims = {},
): Claims {
  return {
    token_type: subject.tokenType,
    exp: token.expiresAt,
    jti: token.id,
    user_id: subject.user.id,
    company_id: companyId(subject.organizationId),
    type: 'public',
    ...(typeof extra === 'function' ? madeClaims(extra(subject)) : extra),
  }
}

/** Organization ids are documented as numbers; anything else is claimed as it stands. */
function companyId(organizationId: string): number | string {
  const number = Number(organizationId)
  return /^\d+$/.test(organizationId) && Number.isSafeInteger(number) ? number : organizationId
}

/** What the user's function returned, where that can be claimed. */
function madeClaims(claims: unknown): Claims {
  if (!isPlainObject(claims)) throw new OwnError('claims() must return an object of claims')
  const taken = DOCUMENTED_CLAIMS.find((name) => name in claims)
  if (taken) throw new OwnError(`claims() may add claims, not replace ${taken}`)
  return claims
}
