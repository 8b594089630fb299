import { claimsOf, decodeToken } from './token.js'

/** Seconds by which a provider's clock and its tokens may disagree. */
const TOLERANCE = 60

/** Lifetimes in seconds: "Get access token", ZapSign docs. */
const LIFETIMES = { access: 3600, refresh: 86_400 } as const

/** The two kinds of token. */
export type TokenType = keyof typeof LIFETIMES

/** When a reply came. */
export interface ReplyTime {
  /** The provider's time, in seconds since 1970. */
  time: number
  /** Seconds by which the reply's `Date` is ahead of this machine's clock; 0 if it has no `Date`. */
  dateOffset: number
}

/** What a token must agree with. */
export interface TokenContext extends ReplyTime {
  /** The organization id that the token must hold. @default any integer, or the `organizationId` */
  companyId?: unknown
  /** The organization that was asked, where that is not a number. */
  organizationId?: string
  /** The user of an earlier token of the same login. */
  userId?: unknown
  /** The ids of all tokens of the run so far. The token's own is added. */
  usedIds: Set<string>
}

/** What is wrong with a token: "Get access token", ZapSign docs, shows its header and claims. */
export function tokenFaults(token: unknown, type: TokenType, context: TokenContext): string[] {
  const decoded = decodeToken(token)
  if (typeof decoded === 'string') return [`${type} ${decoded}`]
  const { header, payload, signature } = decoded
  const faults = [
    ...headerFaults(header, signature),
    ...(payload['token_type'] === type
      ? []
      : [`has the token_type ${show(payload['token_type'])}`]),
    ...idFaults(payload['jti'], context.usedIds),
    ...ownerFaults(payload, context),
  ].map((fault) => `${type} ${fault}`)
  return [...faults, ...expiryFaults(payload['exp'], type, context)]
}

function headerFaults(
  { alg, typ, crit }: Readonly<Record<string, unknown>>,
  signature: string,
): string[] {
  const faults: string[] = []
  if (alg !== 'HS256') faults.push(`is signed with ${show(alg)}, expected HS256`)
  if (typ !== 'JWT') faults.push(`has the typ ${show(typ)}, expected JWT`)
  // RFC 7515, section 4.1.11: a client must refuse a token with an extension that it does not know.
  if (crit !== undefined)
    faults.push(`has the header crit ${show(crit)}, which clients must refuse`)
  if (alg === 'HS256' && signature.length !== 43)
    faults.push(`has a signature of ${signature.length} characters, expected 43 for HS256`)
  return faults
}

function idFaults(jti: unknown, usedIds: Set<string>): string[] {
  if (typeof jti !== 'string' || jti === '') return ['has no jti']
  const isUsed = usedIds.has(jti)
  usedIds.add(jti)
  if (isUsed) return ['has a jti that was used before']
  return /^[0-9a-f]{32}$/i.test(jti) ? [] : [`has the jti ${show(jti)}, expected 32 hex characters`]
}

function ownerFaults(
  { user_id, company_id, type }: Readonly<Record<string, unknown>>,
  { userId, companyId, organizationId }: TokenContext,
): string[] {
  const faults: string[] = []
  if (!Number.isInteger(user_id))
    faults.push(`has the user_id ${show(user_id)}, expected an integer`)
  else if (userId !== undefined && user_id !== userId)
    faults.push('has another user_id than the other token of this login')
  const isAnyCompany = Number.isInteger(company_id) || company_id === organizationId
  if (companyId === undefined && !isAnyCompany)
    faults.push(`has the company_id ${show(company_id)}, expected an integer`)
  if (companyId !== undefined && company_id !== companyId)
    faults.push(`has the company_id ${show(company_id)}, expected ${show(companyId)}`)
  if (typeof type !== 'string') faults.push(`has the type ${show(type)}, expected a string`)
  return faults
}

function expiryFaults(exp: unknown, type: TokenType, { time, dateOffset }: ReplyTime): string[] {
  if (typeof exp !== 'number' || !Number.isInteger(exp))
    return [`${type} has no exp in whole seconds`]
  const fault = lifetimeFault(exp - time, type)
  if (!fault) return []
  if (Math.abs(dateOffset) <= TOLERANCE) return [fault]
  const date = `the Date of the reply is ${Math.round(Math.abs(dateOffset))} s ${dateOffset < 0 ? 'behind' : 'ahead of'} this machine's clock`
  return lifetimeFault(exp - time + dateOffset, type) ? [date, fault] : [date]
}

function lifetimeFault(lifetime: number, type: TokenType): string | undefined {
  if (lifetime <= 0) return `${type} has expired already`
  const specified = LIFETIMES[type]
  if (Math.abs(lifetime - specified) <= TOLERANCE) return undefined
  const unit = lifetime > specified * 100 ? ' (exp is in seconds)' : ''
  return `${type} has a lifetime of ${Math.round(lifetime)} s, expected ${specified} s${unit}`
}

/** An access token and the time of the reply that brought it. */
export interface TimedToken {
  token: string
  time: number
}

/**
 * Whether an access token obtained by refresh has less time left than the one of the login had. What is
 * left is counted from the `Date` of each reply: two machines with different clocks may have answered.
 * `Date` and `exp` are whole seconds, so a difference of one second means nothing.
 */
export function isStale(before: TimedToken, after: TimedToken): boolean {
  const [then, now] = [claimsOf(before.token)['exp'], claimsOf(after.token)['exp']]
  if (typeof then !== 'number' || typeof now !== 'number') return false
  return now - after.time <= then - before.time - STALE_AFTER
}

/** Seconds less to live that show that a token is not fresh. */
const STALE_AFTER = 2

function show(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 60)
}
