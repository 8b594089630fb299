import { type Answer, refuse } from './answer.js'
import { authenticate } from './bearer.js'
import type { Claims } from './claims.js'
import type { Context } from './context.js'
import { toReply } from './reply.js'
import { INVALID_OR_EXPIRED } from './tokens.js'

/** What a token says, and what the provider would answer to it now. */
export interface Inspection {
  /** The header of a JWT; `null` for any other text. */
  header: Claims | null
  /** The payload of a JWT, whether or not its signature is right; `null` for any other text. */
  claims: Claims | null
  /** Whether the provider's key signed the token; `null` for a text that is not a JWT. */
  signature: 'valid' | 'invalid' | null
  /** Whether its `exp` is reached; `null` for a token without one. */
  expired: boolean | null
  /** Its `exp` as ISO 8601; `null` for a token without one. */
  expires: string | null
  /** The provider's time, as ISO 8601. */
  now: string
  answers: {
    /** To a protected endpoint with `Authorization: Bearer` and the token. */
    protected: Verdict
    /** To the refresh endpoint with the token. */
    refresh: Verdict
  }
}

interface Verdict {
  status: number
  outcome: string
  /** The body of an error response. */
  body?: unknown
}

/** Reads a token. It is not journaled, takes no forced outcome and issues no token. */
export async function inspectToken(context: Context, token: string): Promise<Inspection> {
  const now = await context.store.now()
  const [header, claims] = token.split('.').map(decode)
  const isJwt = Boolean(header && claims)
  const exp = isJwt && typeof claims?.['exp'] === 'number' ? claims['exp'] * 1000 : undefined
  const lookup = { get: (name: string) => (name === 'authorization' ? `Bearer ${token}` : null) }
  const { refusal } = await authenticate(context, { headers: lookup, query: new Map(), now })
  return {
    header: (isJwt && header) || null,
    claims: (isJwt && claims) || null,
    signature: isJwt ? ((await context.tokens.isSigned(token)) ? 'valid' : 'invalid') : null,
    expired: exp === undefined ? null : now >= exp,
    expires: exp === undefined ? null : toIso(exp),
    now: new Date(now).toISOString(),
    answers: {
      protected: toVerdict(context, refusal, 'authorized'),
      refresh: toVerdict(context, await refreshRefusal(context, token, now), 'refreshed'),
    },
  }
}

async function refreshRefusal({ tokens }: Context, token: string, now: number) {
  const { claims, fault, crashed } = await tokens.read(token, 'refresh', now)
  if (claims) return undefined
  if (crashed) return refuse('crashed')
  return fault === INVALID_OR_EXPIRED ? refuse('refreshRefused') : refuse('refreshUnusable', fault)
}

function toVerdict({ settings }: Context, refusal: Answer | undefined, success: string): Verdict {
  if (!refusal) return { status: 200, outcome: success }
  const { status, body } = toReply(refusal, 'POST', settings)
  return { status, outcome: refusal.outcome, body: refusal.json ? JSON.parse(body) : body }
}

/** A part of a JWT as the object that it holds, or `undefined`. */
function decode(part: string): Claims | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined
  } catch {
    return undefined
  }
}

/** `null` for a time that no `Date` can hold. */
function toIso(epoch: number): string | null {
  const date = new Date(epoch)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
