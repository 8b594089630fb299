import { isPlainObject, OwnError } from './misuse.js'
import type { User } from './state/users.js'

/** The value of a token's `token_type` claim. */
export type TokenType = 'access' | 'refresh'

/** The payload of a token. */
export type Claims = Record<string, unknown>

/** What a token is issued for. */
export interface TokenSubject {
  tokenType: TokenType
  user: Omit<User, 'password'>
  organizationId: string
  issuedAt: Date
}

/**
 * Claims to add to ZapSign's own: an object for all tokens, or a function that returns the claims of
 * each token of a pair. A refreshed access token copies the claims of its refresh token, as in
 * SimpleJWT.
 */
export type ExtraClaims = Claims | ((subject: TokenSubject) => Claims)

/**
 * The claims of a ZapSign token, in order: a real response on the page "Get access token", ZapSign
 * docs, August 2024. No `iat`, `iss`, `aud` or `sub`: a client that relies on one of them fails in production.
 */
export const DOCUMENTED_CLAIMS = [
  'token_type',
  'exp',
  'jti',
  'user_id',
  'company_id',
  'type',
] as const

/** The claims of a new token: the documented ones in their order, then the extra ones. */
export function claimsFor(
  subject: TokenSubject,
  token: { expiresAt: number; id: string },
  extra?: ExtraClaims,
): Claims {
  const claims = {
    token_type: subject.tokenType,
    exp: token.expiresAt,
    jti: token.id,
    user_id: subject.user.id,
    company_id: companyId(subject.organizationId),
    type: 'public',
  }
  if (extra === undefined) return claims
  if (typeof extra !== 'function') return { ...claims, ...extra }
  return { ...claims, ...madeClaims(extra(subject)) }
}

/** ZapSign documents organization ids as numbers. Any other id becomes a string claim. */
function companyId(organizationId: string): number | string {
  const number = Number(organizationId)
  return /^\d+$/.test(organizationId) && Number.isSafeInteger(number) ? number : organizationId
}

/** The most levels and values that claims may have: a token travels in a header. */
const MOST_LEVELS = 100
const MOST_VALUES = 10_000

export const CLAIM_LIMITS = `at most ${MOST_LEVELS} levels and ${MOST_VALUES} values`

/** Whether claims can become a token: an object that contains itself has no end. */
export function areBounded(claims: Claims): boolean {
  const open: [value: unknown, level: number][] = [[claims, 1]]
  let count = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, level] = next
    count += 1
    if (level > MOST_LEVELS || count > MOST_VALUES) return false
    if (typeof value !== 'object' || value === null) continue
    for (const one of Object.values(value)) open.push([one, level + 1])
  }
  return true
}

/** Checks what the user's function returned. */
function madeClaims(claims: unknown): Claims {
  if (!isPlainObject(claims)) throw new OwnError('claims() must return an object of claims')
  const taken = DOCUMENTED_CLAIMS.find((name) => name in claims)
  if (taken) throw new OwnError(`claims() may add claims, but not replace ${taken}`)
  if (!areBounded(claims)) throw new OwnError(`claims() must return ${CLAIM_LIMITS}`)
  return claims
}

/** A claim of a token whose signature is not checked, as text, or `undefined` if the token lacks it. */
export function unverifiedClaim(token: string | undefined, name: string): string | undefined {
  try {
    const payload = token?.split('.', 2)[1] ?? ''
    const claim = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))[name]
    return claim === undefined ? undefined : String(claim)
  } catch {
    return undefined
  }
}
