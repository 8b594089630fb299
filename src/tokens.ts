import { CompactSign, type CryptoKey, compactVerify } from 'jose'
import { type Claims, claimsFor, type ExtraClaims, type TokenType } from './claims.js'
import { OwnError } from './misuse.js'
import type { Clock } from './state/clock.js'
import type { TokenIds } from './state/token-ids.js'
import type { User } from './state/users.js'

/** A key for tests, known to everybody: what it signs proves nothing. */
export const DEFAULT_SIGNING_KEY = 'zapsign-mock: a signing key for tests, known to everybody'

/** What a login gives. Both are JWTs signed with HS256. */
export interface TokenPair {
  refresh: string
  access: string
}

export interface TokenSettings {
  signingKey: string
  /** Milliseconds. */
  accessLifetime: number
  /** Milliseconds. */
  refreshLifetime: number
  claims?: ExtraClaims | undefined
}

/** These bytes, in this order: the sample in the `Authorization` example, ZapSign docs. */
const HEADER = { typ: 'JWT', alg: 'HS256' } as const

/** SimpleJWT's claims that a new access token does not take over from its refresh token. */
const NOT_COPIED = ['token_type', 'exp', 'jti']

export type Tokens = ReturnType<typeof createTokens>

/** Signs and reads the provider's tokens, by the provider's clock. */
export function createTokens(settings: TokenSettings, clock: Clock, ids: TokenIds) {
  const lifetimes = { access: settings.accessLifetime, refresh: settings.refreshLifetime }
  let importedKey: Promise<CryptoKey> | undefined
  const key = () => (importedKey ??= importKey(settings.signingKey))

  function claim(tokenType: TokenType, user: User, organizationId: string): Claims {
    const issuedAt = clock.now()
    const token = { expiresAt: expiry(issuedAt, lifetimes[tokenType]), id: ids.next() }
    return claimsFor({ tokenType, user, organizationId, issuedAt }, token, settings.claims)
  }

  async function sign(claims: Claims): Promise<string> {
    // jsdom has a Uint8Array of its own, which jose asks for, and TextEncoder gives another.
    const payload = Uint8Array.from(new TextEncoder().encode(JSON.stringify(claims)))
    return new CompactSign(payload).setProtectedHeader(HEADER).sign(await key())
  }

  return {
    async issuePair(user: User, organizationId: string): Promise<TokenPair> {
      const claims = [claim('refresh', user, organizationId), claim('access', user, organizationId)]
      const [refresh = '', access = ''] = await Promise.all(claims.map(sign))
      return { refresh, access }
    },

    /** The access token that a refresh token's claims are good for. */
    async issueAccess(refresh: Claims): Promise<string> {
      const kept = Object.entries(refresh).filter(([name]) => !NOT_COPIED.includes(name))
      return sign({
        token_type: 'access',
        exp: expiry(clock.now(), lifetimes.access),
        jti: ids.next(),
        ...Object.fromEntries(kept),
      })
    },

    /**
     * Reads a token and says what is wrong with it, in SimpleJWT's words and order: signature,
     * algorithm and expiry first, then the claims that it must have, then its type.
     */
    async read(token: string, tokenType: TokenType): Promise<TokenReading> {
      const claims = await verify(token, await key())
      if (!claims || !isCurrent(claims, clock.now())) return { fault: INVALID_OR_EXPIRED }
      const fault = claimFault(claims, tokenType)
      return fault ? { fault } : { claims }
    },
  }
}

export type TokenReading = { claims: Claims; fault?: never } | { fault: string; claims?: never }

export const INVALID_OR_EXPIRED = 'Token is invalid or expired'

function expiry(issuedAt: Date, lifetime: number): number {
  return Math.floor((issuedAt.getTime() + lifetime) / 1000)
}

async function importKey(secret: string): Promise<CryptoKey> {
  if (!globalThis.crypto?.subtle) throw new OwnError(NO_WEB_CRYPTO)
  const bytes = new TextEncoder().encode(secret)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify'])
}

const NO_WEB_CRYPTO =
  "signing tokens needs Web Crypto (crypto.subtle), which is missing here: browsers have it on https and on localhost only, and Jest's jsdom hides Node's until a setup file puts Node's webcrypto back"

async function verify(token: string, key: CryptoKey): Promise<Claims | undefined> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [HEADER.alg] })
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return isObject(claims) ? claims : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** PyJWT's checks of time: a token's last moment is the one before its `exp`, without leeway. */
function isCurrent(claims: Claims, now: Date): boolean {
  const seconds = now.getTime() / 1000
  const { exp = Number.POSITIVE_INFINITY, nbf = 0, iat = 0 } = claims
  return toSeconds(exp) > seconds && toSeconds(nbf) <= seconds && toSeconds(iat) <= seconds
}

/** Python's `int()`; `NaN`, which is neither before nor after anything, for what is no number. */
function toSeconds(claim: unknown): number {
  return typeof claim === 'number' || typeof claim === 'string'
    ? Math.trunc(Number(claim))
    : Number.NaN
}

function claimFault(claims: Claims, tokenType: TokenType): string | undefined {
  if (!('exp' in claims)) return "Token has no 'exp' claim"
  if (!('jti' in claims)) return 'Token has no id'
  if (!('token_type' in claims)) return 'Token has no type'
  return claims['token_type'] === tokenType ? undefined : 'Token has wrong type'
}
