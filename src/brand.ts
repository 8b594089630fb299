import { kindOf, show } from './misuse.js'
import { VERSION } from './version.js'
import type { ZapSign } from './zapsign.js'

/** Marks what {@link createZapSign} makes, whichever copy of this package made it. */
export const BRAND: unique symbol = Symbol.for('zapsign-mock')

/** Throws a `TypeError` unless `value` is what this version's {@link createZapSign} makes. */
export function assertZapSign(value: unknown, taker: string): asserts value is ZapSign {
  const wanted = `${taker} takes what createZapSign() of zapsign-mock ${VERSION} returns`
  const version = typeof value === 'object' && value !== null && BRAND in value && value[BRAND]
  if (version === VERSION) return
  if (version) throw new TypeError(`${wanted}, got one made by version ${version}`)
  const hint = kindOf(value) === 'an object' ? ': pass createZapSign(options), not the options' : ''
  throw new TypeError(`${wanted}, got ${show(value)}${hint}`)
}
