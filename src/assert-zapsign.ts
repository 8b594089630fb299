import { BRAND, type Internals } from './brand.js'
import { kindOf, show } from './misuse.js'
import { VERSION } from './version.js'
import type { Provider, ZapSign } from './zapsign.js'

/** Throws a `TypeError` unless `value` is what this version's `createZapSign` returns. */
export function assertZapSign(value: unknown, taker: string): asserts value is ZapSign {
  const wanted = `${taker} takes what createZapSign() of zapsign-mock ${VERSION} returns`
  const version = versionOf(value)
  if (version === VERSION) return
  if (version) throw new TypeError(`${wanted}, got one from version ${version}`)
  const hint = kindOf(value) === 'an object' ? ': pass createZapSign(options), not the options' : ''
  throw new TypeError(`${wanted}, got ${show(value)}${hint}`)
}

/** The parts of a provider. */
export function internalsOf(provider: Provider): Internals {
  return provider[BRAND]
}

function versionOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(BRAND in value)) return undefined
  // Version 0.1.0 kept its version alone under this key.
  const brand: unknown = value[BRAND]
  return typeof brand === 'string' ? brand : String(Object(brand).version)
}
