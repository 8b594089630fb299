import type { ZapSign } from '../../../src/internal.js'

/** A provider that can be replaced while a server runs. */
export interface Switchable {
  /** Does everything with the provider of the moment. */
  zapsign: ZapSign
  current(): ZapSign
  replace(next: ZapSign): void
}

/** @param first The provider to begin with. */
export function createSwitchable(first: ZapSign): Switchable {
  let current = first
  return {
    zapsign: follow(() => current),
    current: () => current,
    replace(next) {
      current = next
    },
  }
}

/**
 * An object whose members are those of the object of the moment, also where a caller keeps a member for
 * later: what belongs to a provider are plain objects and functions that need no `this`.
 */
function follow<T extends object>(get: () => T): T {
  const member = (key: PropertyKey): unknown => Reflect.get(get() as object, key)
  return new Proxy(get(), {
    get(_, key) {
      const value = member(key)
      if (typeof value === 'function') {
        return (...args: unknown[]) => Reflect.apply(member(key) as () => unknown, undefined, args)
      }
      if (typeof value !== 'object' || value === null || !isPlain(value)) return value
      return follow(() => member(key) as object)
    },
    has: (_, key) => Reflect.has(get(), key),
  })
}

/** Lists, maps and sets are read at once. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
}
