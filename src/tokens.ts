import type { MaybePromise } from './api.js'
import { type Claims, claimsFor, type ExtraClaims, type TokenType } from './claims.js'
import { areTimesValid } from './framework/claim-times.js'
import { parseObject } from './framework/pyjwt.js'
import { andThen } from './maybe-promise.js'
import { PyCrash } from './python/crash.js'
import type { KnownUser } from './state/users.js'

/** A public key for tests: a signature with it proves nothing. */
export const DEFAULT_SIGNING_KEY = 'zapsign-mock: a signing key for tests, known to everybody'

/** The tokens that a login returns. Both are JWTs signed with HS256. */
export interface TokenPair {
  refresh: string
  access: string
}

export interface Lifetimes {
  /** Milliseconds. */
  accessLifetime: number
  /** Milliseconds. */
  refreshLifetime: number
}

/** Signs JWTs with HS256 and one key, and verifies them. Their header is {@link HEADER}. */
export interface Signer {
  /** The compact form of a token with this payload. */
  sign(payload: string): MaybePromise<string>
  /** The payload of a token, or `undefined` unless the signature is right and the algorithm is HS256. */
  verify(token: string): MaybePromise<Uint8Array | undefined>
}

/** These bytes, in this order: the sample in the `Authorization` example, ZapSign docs. */
export const HEADER = { typ: 'JWT', alg: 'HS256' } as const

/** The claims of a refresh token that a new access token does not copy, as in SimpleJWT. */
const NOT_COPIED = ['token_type', 'exp', 'jti']

/** What two tokens of a pair share. */
export interface PairSubject {
  user: KnownUser
  organizationId: string
  /** Both tokens are issued at this one instant. Milliseconds since 1970. */
  now: number
  /** Replaces the lifetimes of the provider. Negative: the token has expired. */
  lifetimes?: Partial<Lifetimes>
}

export type Tokens = ReturnType<typeof createTokens>

/** Issues the provider's tokens, and reads them. */
export function createTokens(
  settings: Lifetimes & { claims?: ExtraClaims | undefined },
  { signer, newIds }: { signer: Signer; newIds(count: number): MaybePromise<string[]> },
) {
  const sign = (claims: Claims) => signer.sign(JSON.stringify(claims))

  return {
    issuePair({ user, organizationId, now, lifetimes }: PairSubject): MaybePromise<TokenPair> {
      const { refreshLifetime, accessLifetime } = lifetimes
        ? { ...settings, ...lifetimes }
        : settings
      return andThen(newIds(2), ([refreshId = '', accessId = '']) => {
        const claimsOf = (tokenType: TokenType, lifetime: number, id: string) =>
          claimsFor(
            { tokenType, user, organizationId, issuedAt: new Date(now) },
            { expiresAt: expiry(now, lifetime), id },
            settings.claims,
          )
        const refreshClaims = claimsOf('refresh', refreshLifetime, refreshId)
        const accessClaims = claimsOf('access', accessLifetime, accessId)
        return andThen(sign(refreshClaims), (refresh) =>
          andThen(sign(accessClaims), (access) => ({ refresh, access })),
        )
      })
    },

    /** A new access token for the claims of a refresh token. */
    async issueAccess(refresh: Claims, now: number): Promise<string> {
      const copied = Object.entries(refresh).filter(([name]) => !NOT_COPIED.includes(name))
      const [jti] = await newIds(1)
      return sign({
        token_type: 'access',
        exp: expiry(now, settings.accessLifetime),
        jti,
        ...Object.fromEntries(copied),
      })
    },

    /** Whether the provider's key signed a token, with HS256. */
    async isSigned(token: string): Promise<boolean> {
      return (await signer.verify(token)) !== undefined
    },

    /**
     * Reads a token, and says what is wrong with it in SimpleJWT's words and order: signature,
     * algorithm and expiry first, then the claims that it needs, then its type.
     */
    async read(token: string, tokenType: TokenType, now: number): Promise<TokenReading> {
      const payload = await signer.verify(token)
      const claims = payload && parseObject(payload)
      try {
        if (!claims || !areTimesValid(claims, now)) return { fault: INVALID_OR_EXPIRED }
      } catch (error) {
        if (error instanceof PyCrash) return { crashed: true }
        throw error
      }
      const fault = claimFault(claims, tokenType)
      return fault ? { fault } : { claims }
    },
  }
}

/** The claims of a token, what is wrong with it, or that the frameworks crash on it. */
export type TokenReading =
  | { claims: Claims; fault?: never; crashed?: never }
  | { fault: string; claims?: never; crashed?: never }
  | { crashed: true; claims?: never; fault?: never }

export const INVALID_OR_EXPIRED = 'Token is invalid or expired'

function expiry(issuedAt: number, lifetime: number): number {
  return Math.floor((issuedAt + lifetime) / 1000)
}

function claimFault(claims: Claims, tokenType: TokenType): string | undefined {
  if (!('exp' in claims)) return "Token has no 'exp' claim"
  if (!('jti' in claims)) return 'Token has no id'
  if (!('token_type' in claims)) return 'Token has no type'
  return claims['token_type'] === tokenType ? undefined : 'Token has wrong type'
}
