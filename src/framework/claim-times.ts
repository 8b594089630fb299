import { PyCrash } from '../python/crash.js'
import { toInt } from '../python/text.js'

/** The first second that Python's `datetime` cannot hold: the year 10000. */
const END_OF_TIME = 253_402_300_800

type Claims = Readonly<Record<string, unknown>>

/**
 * PyJWT's checks of `iat`, `nbf` and `exp`, without leeway: a token has expired as soon as its `exp` is
 * reached. Then SimpleJWT makes a date of `exp`.
 *
 * Throws a {@link PyCrash} for values that the frameworks do not expect: a list, or a text in `exp`.
 *
 * @param now Milliseconds since 1970. The frameworks count whole seconds.
 */
export function areTimesValid(claims: Claims, now: number): boolean {
  const seconds = Math.floor(now / 1000)
  if ('iat' in claims && !isIssued(claims['iat'], seconds)) return false
  if ('nbf' in claims && !isAtMost(toInteger(claims['nbf']), seconds)) return false
  if (!('exp' in claims)) return true
  const expiry = toInteger(claims['exp'])
  if (expiry === undefined || expiry <= seconds) return false
  if (typeof claims['exp'] === 'string' || expiry >= END_OF_TIME) throw new PyCrash('exp')
  return true
}

/** `iat` is compared as it is, which a text cannot be. */
function isIssued(iat: unknown, seconds: number): boolean {
  if (toInteger(iat) === undefined) return false
  if (typeof iat === 'string') throw new PyCrash('iat')
  return Number(iat) <= seconds
}

function isAtMost(value: number | undefined, seconds: number): boolean {
  return value !== undefined && value <= seconds
}

/** Python's `int(value)`. `undefined` for its ValueError; its other errors are crashes. */
export function toInteger(value: unknown): number | undefined {
  if (typeof value === 'string') return toInt(value)
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'number' || Math.abs(value) === Number.POSITIVE_INFINITY)
    throw new PyCrash('int()')
  return Number.isNaN(value) ? undefined : Math.trunc(value)
}
